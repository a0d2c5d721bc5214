// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mirage.bindings.link.BackEnd;

/**
 * A program of {@code bench/} made to run for some seconds.
 *
 * @param name of the row
 * @param program its file without {@code .ml}
 * @param text what stands in it once or more often
 * @param more what stands there instead
 */
record Scaled(String name, BackEnd backEnd, String program, String text, String more) {
  static final List<Scaled> ALL =
      List.of(
          compiled("fib", "fib 27", "fib 37"),
          compiled("queens", "for _ = 1 to 4 do", "for _ = 1 to 10000 do"),
          compiled("bintrees", "for _ = 1 to niter", "for _ = 1 to 500 * niter"),
          compiled("mapset", "for _ = 1 to 6000 do", "for _ = 1 to 1500000 do"),
          compiled(
              "sha256",
              "let h = digest d in\n  print",
              "for _ = 1 to 2000 do ignore (digest d) done;\n  let h = digest d in\n  print"),
          compiled("nbody", "for _ = 1 to 500 do", "for _ = 1 to 80000 do"),
          compiled("sieve", "for _ = 1 to 8 do", "for _ = 1 to 6000 do"),
          compiled("lwt", " 0 2000)", " 0 1500000)"),
          new Scaled(
              "queens, bytecode",
              BackEnd.BYTECODE,
              "queens",
              "for _ = 1 to 4 do",
              "for _ = 1 to 200 do"));

  private static Scaled compiled(String name, String text, String more) {
    return new Scaled(name, BackEnd.NATIVE, name, text, more);
  }

  /** The text of the program. */
  String source(Path folder) throws IOException {
    String source = Files.readString(folder.resolve(program + ".ml"));
    if (!source.contains(text)) {
      throw new IllegalStateException(program + ".ml: '" + text + "' is not in it");
    }
    return source.replace(text, more);
  }
}
