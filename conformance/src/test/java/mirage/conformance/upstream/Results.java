// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.upstream;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import mirage.conformance.chip.ChipProgram;

/** What came of the cases, for people. */
final class Results {
  private final List<Row> rows = new ArrayList<>();

  /** One case. */
  static final class Row {
    private final Case one;
    private String state = "failed";
    private String notes = "";
    private long started;
    private double seconds;
    private long instructions;
    private final List<String> built = new ArrayList<>();

    private Row(Case one) {
      this.one = one;
    }

    void progress(String line) {
      built.add(line);
    }

    void installing() {
      started = System.nanoTime();
    }

    void installed() {
      seconds = (System.nanoTime() - started) / 1e9;
    }

    void ran(ChipProgram.Result result) {
      instructions = result.instructions();
    }

    /** What the program says of the machine it runs on, and the last line of a test. */
    void note(String printed) {
      notes =
          printed
              .lines()
              .filter(line -> line.startsWith("# "))
              .map(line -> line.substring(2))
              .collect(Collectors.joining("; "));
    }

    void passed() {
      state = "as the host";
    }

    private String text() {
      return "%-45s %-12s %9.1f %7.1f  %s%n"
          .formatted(one.program(), state, instructions / 1e6, seconds, notes);
    }
  }

  Row begin(Case one) {
    Row row = new Row(one);
    rows.add(row);
    return row;
  }

  String text() {
    return "%-45s %-12s %9s %7s%n".formatted("program", "result", "M instr.", "install")
        + rows.stream().map(Row::text).collect(Collectors.joining());
  }
}
