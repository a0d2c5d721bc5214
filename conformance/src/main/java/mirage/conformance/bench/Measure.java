// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mirage.bindings.CToolchain;
import mirage.bindings.link.BackEnd;
import mirage.bindings.link.LinkedLibrary;
import mirage.bindings.runtime.RuntimeHeaders;
import mirage.conformance.chip.ChipProgram;
import mirage.conformance.oracle.Ocamlrun32;
import mirage.device.Target;
import mirage.emulator.Outcome;
import mirage.formats.Elf32;
import mirage.tools.BuildCache;
import mirage.tools.Command;
import mirage.tools.TemporaryFolder;

/** Builds programs and runs them on the emulated chip. */
final class Measure {
  private static final double SECONDS = 600;

  /** The C program in place of an OCaml function, its output to the chip's console. */
  private static final String SHIM =
      """
      #include <stdarg.h>
      #include <stdio.h>
      #include <string.h>
      void board_console_write(const void *data, size_t size);
      int bench_main(void);
      int bench_printf(const char *format, ...) {
        char text[256];
        va_list arguments;
        va_start(arguments, format);
        int length = vsnprintf(text, sizeof text, format, arguments);
        va_end(arguments);
        board_console_write(text, length);
        return length;
      }
      int bench_puts(const char *text) { return bench_printf("%s\\n", text); }
      long bench_run(long unit) { bench_main(); return unit; }
      """;

  private static final String CALLER =
      "external run : unit -> unit = \"bench_run\" let () = run ()";

  /** Fields of the runtime's state. */
  private static final int MINOR_HEAP_WSZ = 10;

  private static final int STAT_TOP_HEAP_WSZ = 43;

  private final BuildCache cache;
  private final Ocamlrun32 oracle;
  private final Path folder;
  private final Count emptyBytecode;
  private final Count emptyNative;
  private final Count emptyC;

  private record Count(long instructions, String output, long bytes, long heap, long text) {}

  Measure(BuildCache cache, Path folder) throws IOException {
    this.cache = cache;
    this.oracle = Ocamlrun32.of(cache);
    this.folder = folder;
    emptyBytecode = ocaml("let () = ()", BackEnd.BYTECODE, List.of());
    emptyNative = ocaml("let () = ()", BackEnd.NATIVE, List.of());
    emptyC = c("int main(void) { return 0; }");
  }

  Row row(String name) throws IOException {
    String source = Files.readString(folder.resolve(name + ".ml"));
    String expected = host(source);
    Count bytecode = ocaml(source, BackEnd.BYTECODE, List.of());
    Count compiled = ocaml(source, BackEnd.NATIVE, List.of());
    boolean right = bytecode.output().equals(expected) && compiled.output().equals(expected);
    Path translation = folder.resolve(name + ".c");
    long inC = 0;
    if (Files.exists(translation)) {
      Count counted = c(Files.readString(translation));
      right &= counted.output().equals(expected);
      inC = counted.instructions() - emptyC.instructions();
    }
    return new Row(
        name,
        bytecode.instructions() - emptyBytecode.instructions(),
        compiled.instructions() - emptyNative.instructions(),
        inC,
        compiled.bytes() - emptyNative.bytes(),
        compiled.heap(),
        bytecode.text(),
        compiled.text(),
        right);
  }

  private interface Work<T> {
    T in(Path folder) throws IOException;
  }

  private static <T> T temporarily(Work<T> work) throws IOException {
    try (TemporaryFolder folder = TemporaryFolder.of("bench")) {
      return work.in(folder.path());
    }
  }

  static Path bytecode(Path work, String source, boolean foreign) throws IOException {
    Files.writeString(work.resolve("program.ml"), source);
    Files.writeString(work.resolve("primitives"), "");
    List<String> flags =
        foreign ? List.of("-noautolink", "-no-check-prims", "-use-prims", "primitives") : List.of();
    Command.of("ocamlfind", "ocamlc", "-package", "lwt", "-linkpkg", "-g", "-w", "-a")
        .with(List.of("-o", "program.byte"))
        .with(flags)
        .with("program.ml")
        .in(work)
        .run();
    return work.resolve("program.byte");
  }

  private String host(String source) throws IOException {
    return temporarily(work -> oracle.run(bytecode(work, source, false)).output());
  }

  private Count ocaml(String source, BackEnd backEnd, List<LinkedLibrary> libraries)
      throws IOException {
    return temporarily(
        work -> count(backEnd, bytecode(work, source, !libraries.isEmpty()), libraries, work));
  }

  private Count c(String source) throws IOException {
    return temporarily(
        work -> {
          Files.writeString(work.resolve("bench.c"), source);
          Files.writeString(work.resolve("shim.c"), SHIM);
          CToolchain toolchain = RuntimeHeaders.toolchain(Target.ESP32, cache);
          List<String> names =
              List.of("-Dmain=bench_main", "-Dprintf=bench_printf", "-Dputs=bench_puts");
          List<String> flags = new java.util.ArrayList<>(List.of("-O2", "-w"));
          toolchain.compile(work.resolve("shim.c"), work.resolve("shim.o"), flags);
          flags.addAll(names);
          toolchain.compile(work.resolve("bench.c"), work.resolve("bench.o"), flags);
          Path archive = work.resolve("libbench.a");
          toolchain.archive(List.of(work.resolve("bench.o"), work.resolve("shim.o")), archive);
          LinkedLibrary library = new LinkedLibrary("bench", List.of(), List.of(archive));
          return ocaml(CALLER, BackEnd.BYTECODE, List.of(library));
        });
  }

  private Count count(BackEnd backEnd, Path bytecode, List<LinkedLibrary> libraries, Path work)
      throws IOException {
    Path output = Files.createDirectory(work.resolve("chip"));
    ChipProgram program = ChipProgram.link(backEnd, cache, bytecode, libraries, output);
    ChipProgram.Result result = program.run(List.of(), SECONDS);
    String text = new String(result.output(), StandardCharsets.UTF_8).replace("\r", "");
    boolean ended = result.outcome().kind() == Outcome.Kind.HALTED;
    return new Count(
        result.instructions(),
        ended ? text : text + result.outcome(),
        Files.size(program.image()),
        peakHeap(program, result),
        CodeSize.of(program.executable().orElseThrow()));
  }

  /** Bytes of the OCaml heap when it was largest, as the runtime itself keeps the figure (caml/domain_state.tbl). */
  private static long peakHeap(ChipProgram program, ChipProgram.Result result) throws IOException {
    Path file = program.executable().orElseThrow();
    Elf32 executable = Elf32.read(file.toString(), Files.readAllBytes(file));
    int state = result.memory().applyAsInt(executable.symbol("Caml_state").orElseThrow().value());
    int words = 0;
    for (int field : new int[] {MINOR_HEAP_WSZ, STAT_TOP_HEAP_WSZ}) {
      words += result.memory().applyAsInt(state + 8 * field);
    }
    return 4L * words;
  }
}
