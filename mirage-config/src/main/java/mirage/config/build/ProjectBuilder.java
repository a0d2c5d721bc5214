// SPDX-License-Identifier: Apache-2.0
package mirage.config.build;

import mirage.config.project.Unikernel;
import mirage.config.report.Reporter;

/** Builds a configured unikernel, in whatever process. */
@FunctionalInterface
public interface ProjectBuilder {
  /**
   * Builds.
   *
   * @param fingerprint of all inputs known before, kept for the next build
   * @throws mirage.tools.MirageException with the errors of the build
   */
  void build(Unikernel unikernel, String fingerprint, Reporter reporter);
}
