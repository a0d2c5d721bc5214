// SPDX-License-Identifier: Apache-2.0
package mirage.config.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mirage.config.project.Manifest;
import mirage.config.project.Unikernel;
import mirage.config.report.Reporter;
import mirage.config.resolve.Catalog;
import mirage.device.DeviceGenerator;
import mirage.device.DeviceImplementation;
import mirage.device.FlashData;
import mirage.opam.program.OcamlBuild;
import mirage.opam.sysroot.Sysroot;
import mirage.tools.AtomicFiles;
import mirage.tools.BuildCache;
import mirage.tools.MirageException;

/**
 * Builds a configured unikernel in this process: sources that devices generate, libraries, the
 * program's bytecode, and what the target makes of it.
 */
public final class BuildDriver {
  private final Unikernel unikernel;
  private final Catalog catalog;
  private final BuildCache cache;
  private final Reporter reporter;

  public BuildDriver(Unikernel unikernel, Catalog catalog, BuildCache cache, Reporter reporter) {
    this.unikernel = unikernel;
    this.catalog = catalog;
    this.cache = cache;
    this.reporter = reporter;
  }

  /** What the devices generated, and the files that the results depend on. */
  private record Generated(
      List<Path> folders, List<Path> inputs, Map<String, FlashData> partitions) {}

  /**
   * Builds.
   *
   * @param fingerprint of all inputs known before, kept for the next build; may be empty
   * @return the files in dist/
   */
  public List<Path> build(String fingerprint) {
    Manifest manifest = Manifest.read(unikernel.manifest());
    Generated generated = generate(manifest);
    Sysroot sysroot = Sysroot.of(manifest.target(), catalog.providers(), cache);
    OcamlBuild compiler = new OcamlBuild(sysroot, cache);
    reporter.step("compiling %s for %s".formatted(manifest.name(), manifest.target().id()));
    DeviceCheck.run(unikernel, request(manifest, generated, "device_check"), compiler);
    OcamlBuild.Program program = compile(compiler, manifest, generated);
    program.warnings().forEach(reporter::warning);
    if (!program.warnings().isEmpty() && "true".equals(manifest.keys().get("warn_error"))) {
      // Compiled again next time, or the warnings would be gone then.
      AtomicFiles.delete(objects(manifest).resolve("main"));
      throw new MirageException("warnings are errors: configured with --warn-error");
    }
    List<Path> results =
        new TargetLink(cache, reporter)
            .link(manifest, program, unikernel.sources(), generated.partitions(), unikernel.dist());
    // What another target's build left would be mistaken for this one's, and never be cleaned.
    BuildRecord.read(unikernel).results().keySet().stream()
        .filter(old -> !results.contains(old))
        .forEach(AtomicFiles::delete);
    BuildRecord.of(fingerprint, generated.inputs(), results).write(unikernel);
    return results;
  }

  private OcamlBuild.Program compile(OcamlBuild compiler, Manifest manifest, Generated generated) {
    try {
      return compiler.build(request(manifest, generated, "main"));
    } catch (MirageException e) {
      throw CompilerErrors.explained(e, unikernel, manifest);
    }
  }

  /** The compiler runs in the folder of the user's sources, so its messages name files as the user does. */
  private OcamlBuild.Request request(Manifest manifest, Generated generated, String main) {
    Path here = unikernel.sources();
    Path project = here.relativize(unikernel.generated());
    List<Path> folders = new ArrayList<>(List.of(Path.of(""), project));
    Set<Path> ours = new LinkedHashSet<>(Set.of(project));
    for (Path folder : generated.folders()) {
      folders.add(here.relativize(folder));
      ours.add(here.relativize(folder));
    }
    return new OcamlBuild.Request(
        here,
        project.resolve(main + ".ml"),
        folders,
        ours,
        manifest.libraries(),
        objects(manifest).resolve(main),
        main.equals("main") ? manifest.name() : main);
  }

  private Path objects(Manifest manifest) {
    return unikernel.objects().resolve(manifest.target().id());
  }

  private Generated generate(Manifest manifest) {
    List<Path> folders = new ArrayList<>();
    Set<Path> inputs = new LinkedHashSet<>();
    manifest.flash().file(unikernel.sources()).ifPresent(inputs::add);
    manifest.phy().file(unikernel.sources()).ifPresent(inputs::add);
    Map<String, FlashData> partitions = new LinkedHashMap<>();
    for (Manifest.Entry device : manifest.devices()) {
      DeviceImplementation implementation =
          device.implementation().map(this::implementation).orElse(null);
      if (implementation == null || implementation.generator().isEmpty()) {
        continue;
      }
      Path folder = objects(manifest).resolve("generated").resolve(device.value());
      reporter.detail("generating " + device.module());
      DeviceGenerator.Generated made = generate(implementation.generator().get(), device, folder);
      folders.add(folder);
      inputs.addAll(made.inputs());
      partitions.putAll(made.partitions());
    }
    return new Generated(folders, List.copyOf(inputs), partitions);
  }

  private DeviceImplementation implementation(String name) {
    return catalog
        .implementation(name)
        .orElseThrow(
            () ->
                new MirageException(
                    "no jar offers implementation '%s' any more; run mirage configure again"
                        .formatted(name)))
        .item();
  }

  private DeviceGenerator.Generated generate(
      DeviceGenerator generator, Manifest.Entry device, Path folder) {
    AtomicFiles.delete(folder);
    try {
      Files.createDirectories(folder);
      return generator.generate(
          new DeviceGenerator.Request(
              device.module(), device.parameters(), unikernel.sources(), folder));
    } catch (IOException e) {
      throw new MirageException(
          "device %s (%s): %s"
              .formatted(device.value(), device.implementation().orElse(""), AtomicFiles.reason(e)),
          e);
    }
  }
}
