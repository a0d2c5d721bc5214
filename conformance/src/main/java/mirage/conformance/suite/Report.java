// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.suite;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What came of a run over the suite.
 *
 * @param mode how its programs were run
 * @param verdicts of the tests that were run, excluded ones among them
 */
record Report(String mode, List<SuiteTest> suite, Exclusions exclusions, List<Verdict> verdicts) {

  /** For people: counts first, then what failed, then the reasons for what was left out. */
  String text() {
    List<Verdict> counted =
        verdicts.stream().filter(v -> !exclusions.reasons().containsKey(v.test())).toList();
    List<Verdict> failed = counted.stream().filter(v -> !v.passed()).toList();
    Map<String, Integer> reasons = new TreeMap<>();
    exclusions.reasons().values().forEach(reason -> reasons.merge(reason, 1, Integer::sum));
    StringBuilder text = new StringBuilder();
    text.append(
        "OCaml's test suite, %s: %d tests, %d excluded, %d of the other %d run: %d passed, %d failed%n"
            .formatted(
                mode,
                suite.size(),
                exclusions.reasons().size(),
                counted.size(),
                suite.size() - exclusions.reasons().size(),
                counted.size() - failed.size(),
                failed.size()));
    text.append(
        "%d instructions on the chip%n"
            .formatted(verdicts.stream().mapToLong(Verdict::instructions).sum()));
    failed.forEach(v -> text.append("%nfailed: %s%n%s%n".formatted(v.test(), v.problem())));
    text.append(System.lineSeparator()).append("excluded:").append(System.lineSeparator());
    reasons.forEach((reason, count) -> text.append("%6d  %s%n".formatted(count, reason)));
    return text.toString();
  }

  /** For programs: test, verdict, instructions and milliseconds, one line each. */
  String table() {
    StringBuilder table = new StringBuilder();
    for (Verdict v : verdicts) {
      table.append(
          "%s\t%s\t%d\t%d\n"
              .formatted(v.test(), v.passed() ? "pass" : "fail", v.instructions(), v.millis()));
    }
    return table.toString();
  }
}
