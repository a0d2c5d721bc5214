// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.suite;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import mirage.tools.MirageException;

/**
 * The tests that are not run, each with its reason.
 *
 * @param reasons by test
 */
record Exclusions(Map<String, String> reasons) {

  /**
   * Reads a list: one line {@code test <TAB> reason} each, sorted by test; lines that begin with {@code #} are
   * comments.
   *
   * @throws MirageException naming all lines that are not so
   */
  static Exclusions parse(String file, String text) {
    Map<String, String> reasons = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    String last = "";
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (line.startsWith("#")) {
        continue;
      }
      String[] fields = line.split("\t", -1);
      if (fields.length != 2 || fields[0].isBlank() || fields[1].isBlank()) {
        problems.add(file + ":" + number + ": not a test, a tab and a reason: " + line);
      } else if (fields[0].compareTo(last) <= 0) {
        problems.add(file + ":" + number + ": not sorted, or twice: " + fields[0]);
      } else {
        reasons.put(fields[0], fields[1]);
        last = fields[0];
      }
    }
    if (!problems.isEmpty()) {
      throw new MirageException(String.join("\n", problems));
    }
    return new Exclusions(reasons);
  }

  /**
   * This list and another.
   *
   * @throws MirageException when a test is in both
   */
  Exclusions and(Exclusions other) {
    Map<String, String> all = new LinkedHashMap<>(reasons);
    other.reasons.forEach(
        (test, reason) -> {
          if (all.put(test, reason) != null) {
            throw new MirageException(test + ": excluded twice");
          }
        });
    return new Exclusions(all);
  }

  /** Why a test is not run. */
  Optional<String> reason(SuiteTest test) {
    return Optional.ofNullable(reasons.get(test.name()));
  }

  /**
   * What is wrong between list and suite: names no test has; tests that run no program on a chip and
   * are not listed with the reason their plan gives. Each problem is one line; for the second kind it ends with the
   * line to be listed.
   */
  List<String> problems(List<SuiteTest> suite) {
    Map<String, SuiteTest> tests =
        suite.stream().collect(Collectors.toMap(SuiteTest::name, Function.identity()));
    List<String> problems = new ArrayList<>();
    for (String name : new TreeSet<>(reasons.keySet())) {
      if (!tests.containsKey(name)) {
        problems.add("listed, but not in the suite: " + name);
      }
    }
    for (SuiteTest test : suite) {
      test.plan()
          .obstacle()
          .filter(why -> !why.equals(reasons.get(test.name())))
          .ifPresent(why -> problems.add("to be listed:\n" + test.name() + "\t" + why));
    }
    return problems;
  }
}
