// SPDX-License-Identifier: Apache-2.0
package mirage.opam.install;

import java.util.List;

/**
 * What to build, in this order.
 *
 * @param steps each after all that it requires
 * @param problems why there is no plan; then {@code steps} is of no use
 */
record Plan(List<Step> steps, List<String> problems) {
  /**
   * A package to build.
   *
   * @param source where it is
   * @param requires names of steps before this one that it is built against
   * @param libraries findlib names of what it uses of the sysroot
   */
  record Step(PackageSource source, List<String> requires, List<String> libraries) {}
}
