// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.oracle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import mirage.bindings.runtime.OcamlSource;
import mirage.tools.BuildCache;
import mirage.tools.Command;
import mirage.tools.Fingerprint;
import mirage.tools.MirageException;

/**
 * The distribution's {@code ocamlrun} for 32 bits, on this machine: ints have 31 bits as on the chip. It runs what the
 * stock {@code ocamlc} makes if that uses nothing but the standard library.
 *
 * @param program the executable
 */
public record Ocamlrun32(Path program) {
  /** With SSE2 floats are rounded after each operation, as on the chip. */
  private static final String COMPILER = "gcc -m32 -msse2 -mfpmath=sse";

  private static final List<String> OPTIONS =
      List.of(
          "--host=i686-pc-linux-gnu",
          "--disable-native-compiler",
          "--disable-ocamldoc",
          "--disable-debugger",
          "--disable-shared");

  /** Longer than any program that is compared takes. */
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /**
   * Built from the distribution's sources on first use.
   *
   * @throws MirageException when the sources or the C compiler for 32 bits are missing
   */
  public static Ocamlrun32 of(BuildCache cache) {
    Fingerprint.Builder inputs = Fingerprint.builder().fingerprint(OcamlSource.fingerprint());
    inputs.tool("gcc").text(COMPILER).texts(OPTIONS);
    Path entry = cache.get("ocamlrun32", inputs.build(), Ocamlrun32::build);
    return new Ocamlrun32(entry.resolve("ocamlrun"));
  }

  private static void build(Path directory) throws IOException {
    Path sources = Files.createDirectory(directory.resolve("sources"));
    requireCompiler(sources);
    OcamlSource.unpack("", sources);
    Command.of("./configure")
        .with(OPTIONS)
        .in(sources)
        .environment("CC", COMPILER)
        .environment("AS", "as --32")
        .environment("ASPP", "gcc -m32 -c")
        .environment("PARTIALLD", "ld -r -m elf_i386")
        .run();
    Command.of("make", "-C", "runtime", "ocamlrun").in(sources).run();
    Files.move(
        sources.resolve("runtime/ocamlrun"),
        directory.resolve("ocamlrun"),
        StandardCopyOption.ATOMIC_MOVE);
    Command.of("rm", "-rf", sources.toString()).run();
  }

  /** What configure says when there is none for 32 bits helps nobody. */
  private static void requireCompiler(Path work) throws IOException {
    Files.writeString(work.resolve("try.c"), "#include <stdio.h>\nint main(void) { return 0; }\n");
    Command.Result result = Command.of("gcc", "-m32", "-o", "try", "try.c").in(work).execute();
    if (!result.succeeded()) {
      throw new MirageException(
          "gcc -m32 makes no programs; it needs the Debian package gcc-multilib"
              + " (apt-get install gcc-multilib):\n"
              + result.message());
    }
  }

  /**
   * Runs a bytecode executable without arguments.
   *
   * @throws MirageException when it does not end in two minutes
   */
  public Command.Result run(Path bytecode) {
    return run(bytecode, List.of());
  }

  /** The same with arguments. */
  public Command.Result run(Path bytecode, List<String> arguments) {
    return Command.of(program.toString(), bytecode.toString())
        .with(arguments)
        .timeout(LIMIT)
        .execute();
  }
}
