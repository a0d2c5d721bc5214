// SPDX-License-Identifier: Apache-2.0
package mirage.config.build;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import mirage.config.project.Manifest;
import mirage.config.report.Reporter;
import mirage.opam.OcamlBuild;
import mirage.tools.BuildCache;
import mirage.tools.MirageException;

/** Makes of a bytecode program what its target runs. */
final class TargetLink {
  private final BuildCache cache;
  private final Reporter reporter;

  TargetLink(BuildCache cache, Reporter reporter) {
    this.cache = cache;
    this.reporter = reporter;
  }

  List<Path> link(
      Manifest manifest, OcamlBuild.Program program, Map<String, Path> partitions, Path dist) {
    throw new MirageException("link: " + program.bytecode() + cache + reporter);
  }
}
