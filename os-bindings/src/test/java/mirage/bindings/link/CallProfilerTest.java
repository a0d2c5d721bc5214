// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mirage.backend.ir.OcamlSymbol;
import mirage.emulator.profile.CallProfiler;
import mirage.emulator.profile.CallTree;
import mirage.emulator.run.Emulator;
import mirage.emulator.run.EmulatorOptions;
import mirage.formats.Elf32;
import mirage.tools.BuildCache;
import mirage.tools.Command;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The profile of a compiled program: every instruction once, below the callers it really had. */
@Timeout(180)
class CallProfilerTest {
  private static final String PROGRAM =
      """
      exception Found of int
      let calls = ref 0
      let rec deep n = if n = 0 then raise (Found n) else 1 + deep (n - 1)
      let guarded n = try deep n with Found k -> k
      let rec leaf n = incr calls; if n > 0 && !calls < 0 then 1 + leaf (n - 1) else n
      let rec ping n = if n = 0 then leaf 0 else pong (n - 1)
      and pong n = if n = 0 then leaf 1 else ping (n - 1)
      let rec driver n =
        if n > 0 then begin
          ignore (guarded 20); ignore (leaf n); ignore (ping 9); driver (n - 1)
        end
      let compare_by_ocaml a b = ignore (leaf a); compare (a : int) b
      let () =
        driver 5;
        ignore (List.sort compare_by_ocaml [3; 1; 2]);
        ignore (Hashtbl.hash "from C");
        Printf.printf "%d\\n" !calls
      """;

  @TempDir Path dir;

  @Test
  void everyInstructionCountsOnceBelowItsCallers() throws Exception {
    Files.writeString(dir.resolve("program.ml"), PROGRAM);
    Command.of("ocamlc", "-g", "-o", "program.byte", "program.ml").in(dir).run();
    Path executable = dir.resolve("program.elf");
    new NativeCompiler(BuildCache.user())
        .compile(dir.resolve("program.byte"), List.of(), executable);
    CallProfiler profiler =
        new CallProfiler(Elf32.read("program.elf", Files.readAllBytes(executable)));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    EmulatorOptions options =
        EmulatorOptions.of(executable, "--count").withProfiler(Optional.of(profiler));
    int status =
        Emulator.run(
            options,
            InputStream.nullInputStream(),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    assertThat(status).isZero();
    CallTree tree = profiler.result();
    String counted = err.toString(StandardCharsets.UTF_8);
    assertThat(counted).startsWith(tree.total() + " instructions");
    assertThat(sum(tree)).isEqualTo(tree.total());
    long leaves = Long.parseLong(out.toString(StandardCharsets.UTF_8).strip());
    assertThat(calls(tree, "Program.leaf")).isEqualTo(leaves);
    // After an exception the handler's function goes on, not the one that raised.
    assertThat(paths(tree, "Program.leaf"))
        .allMatch(path -> !path.contains("Program.deep"))
        .allMatch(path -> path.startsWith("main"));
  }

  private static long sum(CallTree tree) {
    return tree.self() + tree.callees().stream().mapToLong(CallProfilerTest::sum).sum();
  }

  private static String name(CallTree tree) {
    return OcamlSymbol.source(tree.symbol()).orElse(tree.symbol());
  }

  private static long calls(CallTree tree, String name) {
    long own = name(tree).equals(name) ? tree.calls() : 0;
    return own + tree.callees().stream().mapToLong(callee -> calls(callee, name)).sum();
  }

  /** The OCaml functions above each occurrence of one. */
  private static List<String> paths(CallTree tree, String name) {
    List<String> found = new ArrayList<>();
    paths(tree, name, "", found);
    return found;
  }

  private static void paths(CallTree tree, String name, String above, List<String> found) {
    if (name(tree).equals(name)) {
      found.add(above.strip());
    }
    boolean ocaml = OcamlSymbol.source(tree.symbol()).isPresent();
    String path = ocaml ? above + " " + name(tree) : above;
    tree.callees().forEach(callee -> paths(callee, name, path, found));
  }
}
