// SPDX-License-Identifier: Apache-2.0
package mirage.opam.install;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import mirage.opam.packages.OpamFile;
import mirage.opam.packages.OpamVariables;
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
  /** With the variables that are about this package. */
  OpamVariables variables(OpamVariables variables) {
    String text = version.map(OpamVersion::text).orElse("dev");
    return variables.with(Map.of("name", name, "version", text, "_:name", name, "_:version", text));
  }

  /** As opam writes it. */
  String title() {
    return name + version.map(v -> "." + v.text()).orElse("");
  }
}
