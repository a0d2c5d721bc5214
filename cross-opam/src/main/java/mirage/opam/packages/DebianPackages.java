// SPDX-License-Identifier: Apache-2.0
package mirage.opam.packages;

import java.nio.file.Path;
import java.util.Optional;
import mirage.tools.Command;
import mirage.tools.Tools;

/** Which Debian package installs an OCaml library, and in which version. */
public final class DebianPackages {
  private DebianPackages() {}

  /** The Debian package of a findlib library, where the table knows one. */
  public static Optional<String> of(String library) {
    String name = library.replaceFirst("\\..*", "");
    return KnownPackages.value(KnownPackages.Fact.DEBIAN, name);
  }

  /** The version of the Debian package that installed a file, as upstream numbers it. */
  public static Optional<String> version(Path file) {
    if (Tools.find("dpkg-query").isEmpty()) {
      return Optional.empty();
    }
    Command.Result owner = Command.of("dpkg-query", "-S", file.toString()).execute();
    if (!owner.succeeded() || !owner.output().contains(":")) {
      return Optional.empty();
    }
    String name = owner.output().substring(0, owner.output().lastIndexOf(": "));
    Command.Result version =
        Command.of("dpkg-query", "-W", "-f", "${source:Upstream-Version}", name).execute();
    return Optional.of(version.output().replaceFirst("[+~](dfsg|ds|repack).*", ""))
        .filter(text -> version.succeeded() && !text.isBlank());
  }

  /** What to tell a user whose program needs a library that is nowhere. */
  public static String missingLibrary(String library) {
    return "OCaml library "
        + library
        + ": not installed"
        + of(library)
            .map(
                debian ->
                    "; it is in the Debian package " + debian + " (apt-get install " + debian + ")")
            .or(() -> KnownPackages.absence(library).map(why -> "; " + why))
            .orElse(", and no jar on the class path offers it");
  }
}
