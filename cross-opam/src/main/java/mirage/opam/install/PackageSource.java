// SPDX-License-Identifier: Apache-2.0
package mirage.opam.install;

import java.nio.file.Path;
import java.util.Optional;
import mirage.opam.packages.OpamFile;
import mirage.opam.packages.OpamVersion;

/**
 * The source of an opam package.
 *
 * @param name its opam name
 * @param version empty when neither the opam file nor the folder says it
 * @param opam its opam file
 * @param folder that its build commands run in
 */
record PackageSource(String name, Optional<OpamVersion> version, OpamFile opam, Path folder) {
  /** As opam writes it. */
  String title() {
    return name + version.map(v -> "." + v.text()).orElse("");
  }
}
