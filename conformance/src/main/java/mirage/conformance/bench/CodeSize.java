// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import mirage.bindings.link.BackEnd;
import mirage.conformance.chip.ChipProgram;
import mirage.formats.Elf32;
import mirage.formats.Elf32.Symbol;
import mirage.tools.BuildCache;
import mirage.tools.Ending;
import mirage.tools.TemporaryFolder;

/** Compares what bytecode executables become with each back end: {@code CodeSize FILE.byte...}. */
public final class CodeSize {
  private CodeSize() {}

  /** Prints a line for each program and the geometric mean. */
  public static void main(String[] files) throws IOException, InterruptedException {
    Ending.of(() -> compare(files));
  }

  private static int compare(String[] files) throws IOException {
    List<Double> ratios = new ArrayList<>();
    System.out.printf("%-20s %10s %10s %8s%n", "program", "bc text", "text", "text/bc");
    for (String file : files) {
      long bytecode = linked(Path.of(file), BackEnd.BYTECODE);
      long compiled = linked(Path.of(file), BackEnd.NATIVE);
      ratios.add((double) compiled / bytecode);
      System.out.printf(
          Locale.ROOT,
          "%-20s %,10d %,10d %8.2f%n",
          Path.of(file).getFileName(),
          bytecode,
          compiled,
          (double) compiled / bytecode);
    }
    System.out.printf(
        Locale.ROOT, "geometric mean of native text / bytecode: %.2f%n", Bench.mean(ratios));
    return 0;
  }

  private static long linked(Path bytecode, BackEnd backEnd) throws IOException {
    try (TemporaryFolder output = TemporaryFolder.of("code")) {
      ChipProgram program =
          ChipProgram.link(backEnd, BuildCache.user(), bytecode, List.of(), output.path());
      return of(program.executable().orElseThrow());
    }
  }

  /** Bytes of a linked program's code: bytecode, or Xtensa code with its literals and jump tables. */
  static long of(Path executable) throws IOException {
    Elf32 elf = Elf32.read(executable.toString(), Files.readAllBytes(executable));
    return elf.symbol("mirage_code")
        .map(code -> (long) code.size())
        .orElseGet(() -> between(elf, "caml_native_code") + between(elf, "caml_native_tables"));
  }

  private static long between(Elf32 elf, String name) {
    Symbol begin = elf.symbol(name + "_begin").orElseThrow();
    Symbol end = elf.symbol(name + "_end").orElseThrow();
    return end.value() - begin.value();
  }
}
