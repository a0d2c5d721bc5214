// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.runtime;

import java.nio.file.Files;
import java.nio.file.Path;
import mirage.tools.BuildCache;
import mirage.tools.Command;
import mirage.tools.Fingerprint;
import mirage.tools.MirageException;

/** The sources of the distribution's OCaml, as its package {@code ocaml-source} installs them. */
final class OcamlSource {
  static final String VERSION = "4.13.1";

  private static final Path PACKAGE = Path.of("/usr/src/ocaml-source-" + VERSION + ".tar");

  private OcamlSource() {}

  /** The directory {@code runtime} of the sources, unpacked into the cache on first use. */
  static Path runtime(BuildCache cache) {
    if (!Files.isReadable(PACKAGE)) {
      throw new MirageException(
          PACKAGE
              + ": not there; it is in the Debian package ocaml-source"
              + " (apt-get install ocaml-source)");
    }
    return cache.get("ocaml-runtime-source", fingerprint(), OcamlSource::unpack);
  }

  static Fingerprint fingerprint() {
    return Fingerprint.builder().stamp(PACKAGE).build();
  }

  /** The package is an archive that holds upstream's archive beside Debian's patches. */
  private static void unpack(Path directory) {
    String top = "ocaml-" + VERSION;
    String upstream = top + "/ocaml_" + VERSION + ".orig.tar.gz";
    Command.of("tar", "-xf", PACKAGE.toString(), "--strip-components=1", upstream)
        .in(directory)
        .run();
    Command.of("tar", "-xzf", "ocaml_" + VERSION + ".orig.tar.gz", "--strip-components=2")
        .with(top + "/runtime")
        .in(directory)
        .run();
    Command.of("rm", "ocaml_" + VERSION + ".orig.tar.gz").in(directory).run();
  }
}
