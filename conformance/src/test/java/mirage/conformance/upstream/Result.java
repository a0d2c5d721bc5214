// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.upstream;

import java.util.stream.Collectors;

/** What came of a case, as a row for people. */
final class Result {
  private static final String FORMAT = "%-43s %-18s %-5s %8s %8s  %s%n";

  static final String HEADING =
      FORMAT.formatted("program", "library", "equal", "M instr.", "install", "what it says");

  private final Case one;
  private boolean passed;
  private String notes = "";
  private double seconds;
  private long instructions;

  Result(Case one) {
    this.one = one;
  }

  /** All that is asked for, with what was built before. */
  void installed(double seconds) {
    this.seconds = seconds;
  }

  void ran(long instructions, String printed) {
    this.instructions = instructions;
    notes =
        printed
            .lines()
            .filter(line -> line.startsWith("# "))
            .map(line -> line.substring(2))
            .collect(Collectors.joining("; "));
  }

  void passed() {
    passed = true;
  }

  String text() {
    return FORMAT.formatted(
        one.program(),
        one.libraries().get(0),
        passed ? "yes" : "no",
        "%.1f".formatted(instructions / 1e6),
        "%.1f s".formatted(seconds),
        notes);
  }
}
