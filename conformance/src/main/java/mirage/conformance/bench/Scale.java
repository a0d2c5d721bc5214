// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import mirage.bindings.link.BackEnd;
import mirage.conformance.chip.ChipProgram;
import mirage.tools.BuildCache;
import mirage.tools.Command;
import mirage.tools.Ending;
import mirage.tools.TemporaryFolder;

/** How compile time grows with the program: generated programs, each four times as large as the one before. */
public final class Scale {
  private static final int PARTS = 25;
  private static final int LARGEST = 16;

  /** One part of a program, by number: a variant type and recursion over it, arrays, loops, strings, exceptions. */
  private static final String PART =
      """
      type t%1$d = A%1$d of int | B%1$d of t%1$d * t%1$d | C%1$d of string * int ref | D%1$d
      let rec size%1$d = function
        | A%1$d n -> n + %1$d
        | B%1$d (a, b) -> size%1$d a * %2$d + size%1$d b - %1$d
        | C%1$d (s, r) -> incr r; String.length s + !r + %2$d
        | D%1$d -> %1$d
      let rec make%1$d depth =
        if depth = 0 then if %2$d mod 3 = 0 then D%1$d else C%1$d ("leaf%1$d", ref %1$d)
        else if depth mod 2 = 1 then B%1$d (make%1$d (depth - 1), A%1$d (depth * %2$d))
        else B%1$d (A%1$d (depth + %1$d), make%1$d (depth - 1))
      let table%1$d = Array.init %2$d (fun k -> k * %1$d + List.length [k; %1$d; k + %2$d])
      let sum%1$d () =
        let s = ref 0 in
        for k = 0 to Array.length table%1$d - 1 do
          s := !s + table%1$d.(k) lxor %1$d;
          if !s > 100000 then s := !s - 100000
        done;
        !s
      let text%1$d n =
        let b = Buffer.create 16 in
        for k = 1 to n do
          Buffer.add_string b (string_of_int (k * %1$d));
          Buffer.add_char b (if k land 1 = 0 then 'x' else 'y')
        done;
        Buffer.contents b
      let run%1$d () =
        try
          let v = size%1$d (make%1$d %2$d) + sum%1$d () in
          let t = text%1$d %2$d in
          if String.length t > %2$d + 4 then failwith t else print_string t;
          print_int v
        with Failure m -> print_string ("%1$d:" ^ m)
      """;

  private Scale() {}

  /** Prints a line for each program. The first link, of a virtual machine that has just started, is not counted. */
  public static void main(String[] none) throws IOException, InterruptedException {
    Ending.of(Scale::run);
  }

  private static int run() throws IOException {
    System.out.printf(
        "%-6s %12s %12s %10s %12s %12s%n",
        "scale", "source", "native text", "seconds", "us/byte", "heap (MB)");
    measure(1, false);
    for (int scale = 1; scale <= LARGEST; scale *= 4) {
      measure(scale, true);
    }
    return 0;
  }

  private static void measure(int scale, boolean print) throws IOException {
    try (TemporaryFolder temporary = TemporaryFolder.of("scale")) {
      Path work = temporary.path();
      Path source = Files.writeString(work.resolve("program.ml"), program(scale * PARTS));
      Command.of("ocamlc", "-g", "-w", "-a", "-o", "program.byte", "program.ml").in(work).run();
      Path bytecode = work.resolve("program.byte");
      System.gc();
      pools().forEach(MemoryPoolMXBean::resetPeakUsage);
      long start = System.nanoTime();
      ChipProgram program =
          ChipProgram.link(BackEnd.NATIVE, BuildCache.user(), bytecode, List.of(), work);
      double seconds = (System.nanoTime() - start) / 1e9;
      long text = CodeSize.of(program.executable().orElseThrow());
      if (print) {
        System.out.printf(
            Locale.ROOT,
            "%-6s %,12d %,12d %10.2f %12.1f %,12d%n",
            scale + "x",
            Files.size(source),
            text,
            seconds,
            1e6 * seconds / text,
            peak() >> 20);
      }
    }
  }

  private static String program(int parts) {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i <= parts; i++) {
      text.append(String.format(Locale.ROOT, PART, i, i % 7 + 2));
    }
    text.append("let () = List.iter (fun f -> f ()) [");
    for (int i = 1; i <= parts; i++) {
      text.append("run").append(i).append("; ");
    }
    return text.append("]\n").toString();
  }

  private static List<MemoryPoolMXBean> pools() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .toList();
  }

  private static long peak() {
    return pools().stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
  }
}
