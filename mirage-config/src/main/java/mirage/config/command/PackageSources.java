// SPDX-License-Identifier: Apache-2.0
package mirage.config.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mirage.device.DeviceProvider;
import mirage.device.Target;
import mirage.opam.install.Installer;
import mirage.opam.sysroot.Installed;
import mirage.opam.sysroot.Sysroot;
import picocli.CommandLine.Option;

/** Where the sources of opam packages are looked for. */
final class PackageSources {
  @Option(
      names = {"-s", "--sources"},
      paramLabel = "DIR",
      description = "Look for what is needed in the folders of DIR, too; may be repeated.")
  List<Path> around = List.of();

  @Option(
      names = "--opam",
      description =
          "Take sources that are nowhere else from the repositories of the opam switch in use (opam"
              + " source); opam may fetch them from a network.")
  boolean opam;

  /** The chip's libraries without what was built from sources. */
  static Sysroot sysroot(Environment environment) {
    return Sysroot.of(Target.ESP32, DeviceProvider.ofClassPath(), environment.cache(), List.of());
  }

  static Installer installer(Environment environment) {
    return new Installer(
        sysroot(environment),
        environment.cache(),
        Installed.user(environment.cache()),
        environment.terminal()::step);
  }

  /** With the sources that are asked for. */
  Installer installerOf(Environment environment) {
    Installer installer = installer(environment);
    return opam ? installer.withOpam() : installer;
  }

  /** A name stays a name; a path starts from the user's folder. */
  static List<String> resolved(Environment environment, List<String> sources) {
    List<String> resolved = new ArrayList<>();
    for (String source : sources) {
      Path path = environment.directory().resolve(source);
      resolved.add(source.contains("/") || Files.exists(path) ? path.toString() : source);
    }
    return resolved;
  }

  /** Folders with sources, a folder each. */
  List<Path> folders(Environment environment) {
    List<Path> folders =
        new ArrayList<>(around.stream().map(environment.directory()::resolve).toList());
    folders.addAll(beside(environment.directory()));
    return folders;
  }

  /** Where {@code opam monorepo} puts the sources of what a unikernel needs. */
  static List<Path> beside(Path unikernel) {
    return List.of(unikernel.resolve("mirage/duniverse"), unikernel.resolve("duniverse"));
  }
}
