// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import mirage.tools.AtomicFiles;
import mirage.tools.BuildCache;
import mirage.tools.Ending;

/**
 * Measures the programs of a folder and prints a table: {@code Bench [--json FILE] FOLDER [PROGRAM...]}. Counts are of
 * executed instructions from reset to end, less those of an empty program.
 */
public final class Bench {
  private Bench() {}

  /** Prints the table; status 1 when a program's output is wrong or one cannot be built. */
  public static void main(String[] words) throws IOException, InterruptedException {
    List<String> rest = new ArrayList<>(List.of(words));
    int option = rest.indexOf("--json");
    Path json = option >= 0 ? Path.of(rest.remove(option + 1)) : null;
    if (option >= 0) {
      rest.remove(option);
    }
    Ending.of(() -> run(Path.of(rest.get(0)), rest.subList(1, rest.size()), json) ? 0 : 1);
  }

  private static boolean run(Path folder, List<String> chosen, Path json) throws IOException {
    List<String> names = chosen.isEmpty() ? programs(folder) : chosen;
    Measure measure = new Measure(BuildCache.user(), folder);
    List<Row> rows = new ArrayList<>();
    System.out.println(Row.HEADER);
    for (String name : names) {
      Row row = measure.row(name);
      rows.add(row);
      System.out.println(row);
    }
    // A program that fails early is not a fast one.
    List<Row> good = rows.stream().filter(Row::right).toList();
    double overNative = mean(good.stream().map(Row::bytecodeOverNative).toList());
    double overC = mean(good.stream().filter(Row::hasC).map(Row::nativeOverC).toList());
    System.out.printf(Locale.ROOT, "geometric mean of bytecode / native: %.2f%n", overNative);
    System.out.printf(Locale.ROOT, "geometric mean of native / C: %.2f%n", overC);
    double text = mean(good.stream().map(Row::textOverBytecode).toList());
    System.out.printf(Locale.ROOT, "geometric mean of native text / bytecode: %.2f%n", text);
    if (json != null) {
      AtomicFiles.write(json, json(rows, overNative, overC, text).getBytes(StandardCharsets.UTF_8));
    }
    return rows.stream().allMatch(Row::right);
  }

  private static List<String> programs(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".ml"))
          .map(name -> name.substring(0, name.length() - 3))
          .sorted()
          .toList();
    }
  }

  static double mean(List<Double> ratios) {
    return Math.exp(ratios.stream().mapToDouble(Math::log).average().orElse(Double.NaN));
  }

  private static String json(List<Row> rows, double overNative, double overC, double size) {
    StringBuilder text = new StringBuilder("{\n  \"programs\": [\n");
    for (int i = 0; i < rows.size(); i++) {
      text.append("    ").append(rows.get(i).json()).append(i + 1 < rows.size() ? ",\n" : "\n");
    }
    text.append("  ],\n  \"geomean\": {\"bytecode_over_native\": ");
    text.append(String.format(Locale.ROOT, "%.4f, \"native_over_c\": ", overNative));
    text.append(String.format(Locale.ROOT, "%.4f, \"native_text_over_bytecode\": ", overC));
    return text.append(String.format(Locale.ROOT, "%.4f}\n}\n", size)).toString();
  }
}
