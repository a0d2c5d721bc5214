// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.suite;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

/**
 * One test of OCaml's suite.
 *
 * @param name its file, from the folder {@code tests}
 * @param file where it is
 * @param plan what it does
 * @param needs what it needs to do it
 */
record SuiteTest(String name, Path file, Plan plan, Set<Need> needs) {

  /** Whether it runs a program that could run on a chip. */
  boolean runs() {
    return !plan.steps().isEmpty();
  }

  /** The same test with something more than it needs. */
  SuiteTest with(Need more) {
    Set<Need> all = EnumSet.of(more);
    all.addAll(needs);
    return new SuiteTest(name, file, plan, all);
  }
}
