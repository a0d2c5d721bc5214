// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.runtime;

import java.nio.file.Files;
import java.nio.file.Path;
import mirage.tools.BuildCache;
import mirage.tools.Command;
import mirage.tools.Fingerprint;
import mirage.tools.MirageException;

/** The sources of the distribution's OCaml, as its package {@code ocaml-source} installs them. */
public final class OcamlSource {
  /** The version of the runtime, and so of the compiler whose bytecode it executes. */
  public static final String VERSION = "4.13.1";

  private static final Path PACKAGE = Path.of("/usr/src/ocaml-source-" + VERSION + ".tar");

  private OcamlSource() {}

  /** The directory {@code runtime} of the sources. */
  static Path runtime(BuildCache cache) {
    return folder(cache, "runtime");
  }

  /**
   * A directory of the sources, unpacked into the cache on first use.
   *
   * @param name from the top of the sources, such as {@code "otherlibs/str"}
   */
  public static Path folder(BuildCache cache, String name) {
    return cache.get(
        "ocaml-source-" + name.replace('/', '-'),
        Fingerprint.builder().fingerprint(fingerprint()).text(name).build(),
        directory -> unpack(name, directory));
  }

  /** Of the package with all sources. */
  public static Fingerprint fingerprint() {
    return Fingerprint.builder().stamp(PACKAGE).build();
  }

  /**
   * Unpacks a directory of the sources.
   *
   * @param name from the top of the sources; empty for all of them
   * @param directory an existing one, into which the contents go
   * @throws MirageException when the package is not installed
   */
  public static void unpack(String name, Path directory) {
    if (!Files.isReadable(PACKAGE)) {
      throw new MirageException(
          PACKAGE
              + ": not there; it is in the Debian package ocaml-source"
              + " (apt-get install ocaml-source)");
    }
    // The package is an archive that holds upstream's archive beside Debian's patches.
    String top = "ocaml-" + VERSION;
    String upstream = top + "/ocaml_" + VERSION + ".orig.tar.gz";
    Command.of("tar", "-xf", PACKAGE.toString(), "--strip-components=1", upstream)
        .in(directory)
        .run();
    int depth = Path.of(top, name).getNameCount();
    Command.of("tar", "-xzf", "ocaml_" + VERSION + ".orig.tar.gz", "--strip-components=" + depth)
        .with(top + "/" + name)
        .in(directory)
        .run();
    Command.of("rm", "ocaml_" + VERSION + ".orig.tar.gz").in(directory).run();
  }
}
