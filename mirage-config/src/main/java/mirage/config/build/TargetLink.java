// SPDX-License-Identifier: Apache-2.0
package mirage.config.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import mirage.bindings.link.LinkOptions;
import mirage.bindings.link.LinkRequest;
import mirage.bindings.link.LinkResult;
import mirage.bindings.link.Linker;
import mirage.config.project.Manifest;
import mirage.config.report.Reporter;
import mirage.device.FlashData;
import mirage.opam.program.OcamlBuild;
import mirage.opam.sysroot.Library;
import mirage.tools.BuildCache;

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
   * @param sources the folder of config.ml
   * @param partitions flash data partitions that devices made, by name
   * @return what is in {@code dist} now: files, and a folder of partitions
   */
  List<Path> link(
      Manifest manifest,
      OcamlBuild.Program program,
      Path sources,
      Map<String, FlashData> partitions,
      Path dist) {
    announce(manifest);
    LinkResult result =
        Linker.of(manifest.target(), cache)
            .link(
                new LinkRequest(
                    manifest.name(),
                    program.bytecode(),
                    program.libraries().stream().map(Library::linked).toList(),
                    partitions,
                    dist,
                    LinkOptions.DEFAULT
                        .with(manifest.backEnd())
                        .with(manifest.flash().plan(sources))
                        .withPhy(manifest.phy().file(sources))));
    // Of numbers in the program's own files the compiler's run has told, with their exact places.
    result.warnings().stream()
        .filter(w -> program.sources().stream().noneMatch(file -> w.startsWith(file + ":")))
        .forEach(reporter::warning);
    Path map = dist.resolve(manifest.name() + ".map");
    return Stream.of(
            Optional.of(result.executable()),
            result.image(),
            result.partitions(),
            Optional.of(map).filter(Files::isRegularFile))
        .flatMap(Optional::stream)
        .toList();
  }

  /** The first program of a target waits for the run-time system: say so. */
  private void announce(Manifest manifest) {
    String prefix = "runtime-" + manifest.target().id() + "-";
    try (Stream<Path> entries = Files.list(cache.root())) {
      boolean known = entries.anyMatch(entry -> entry.getFileName().toString().startsWith(prefix));
      reporter.step(
          "linking %s%s"
              .formatted(
                  manifest.name(),
                  known ? "" : " (the run-time system is built first, once for all programs)"));
    } catch (IOException e) {
      reporter.step("linking " + manifest.name());
    }
  }
}
