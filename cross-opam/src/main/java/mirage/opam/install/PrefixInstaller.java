// SPDX-License-Identifier: Apache-2.0
package mirage.opam.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import mirage.bindings.runtime.OcamlSource;
import mirage.opam.packages.OpamVariables;
import mirage.opam.sysroot.FindlibToolchain;
import mirage.opam.sysroot.Sysroot;
import mirage.tools.AtomicFiles;
import mirage.tools.MirageException;
import mirage.tools.TemporaryFolder;

/**
 * Builds one package into a sysroot that stands outside of the build cache, where what it needs is
 * already: the work of a package of {@link OpamRepository} when opam installs it.
 */
public record PrefixInstaller(Sysroot sysroot, Path prefix, Consumer<String> progress) {
  /**
   * Builds a package.
   *
   * @param place an opam file, or a folder with one
   * @throws MirageException when the prefix is no sysroot, or the build fails; the prefix is then as it was
   */
  public void install(Path place) {
    if (!FindlibToolchain.isOurs(prefix)) {
      throw new MirageException(prefix + ": no sysroot there; mirage sysroot --prefix makes one");
    }
    Path packages = prefix.resolve(FindlibToolchain.PACKAGES);
    for (PackageSource source : new Sources().give(place)) {
      progress.accept("building " + source.title());
      try (TemporaryFolder work = TemporaryFolder.of("opam-package")) {
        Log log = new Log(source.title(), prefix.resolve("logs/" + source.name() + ".log"));
        OpamVariables variables =
            OpamVariables.esp32(OcamlSource.VERSION).withPresent(new Surroundings(sysroot)::has);
        new PackageBuild(new FindlibToolchain(sysroot), prefix, List.of(packages), variables, log)
            .build(source, work.path());
        PackageBuild.sayLeftOut(work.path(), progress);
        move(work.path().resolve("lib"), packages);
      } catch (IOException e) {
        throw new MirageException("cannot write " + prefix + ": " + AtomicFiles.reason(e), e);
      }
    }
  }

  private static void move(Path lib, Path packages) throws IOException {
    try (Stream<Path> made = Files.list(lib)) {
      for (Path folder : made.toList()) {
        Path target = packages.resolve(folder.getFileName().toString());
        AtomicFiles.delete(target);
        AtomicFiles.copyTree(folder, target);
      }
    }
  }
}
