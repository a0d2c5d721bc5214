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

  /**
   * Links.
   *
   * @param partitions flash data partitions that devices made, name to content
   * @return the files in {@code dist}
   */
  List<Path> link(
      Manifest manifest, OcamlBuild.Program program, Map<String, Path> partitions, Path dist) {
    reporter.step("linking " + manifest.name());
    return switch (manifest.target()) {
      case ESP32 -> throw new MirageException("not yet: " + partitions);
      case UNIX -> {
        Path executable = dist.resolve(manifest.name());
        new UnixLink(cache).link(program, executable);
        yield List.of(executable);
      }
    };
  }
}
