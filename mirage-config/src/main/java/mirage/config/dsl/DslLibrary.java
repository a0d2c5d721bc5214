// SPDX-License-Identifier: Apache-2.0
package mirage.config.dsl;

import java.nio.file.Path;
import java.util.List;
import mirage.device.SourceFolder;
import mirage.tools.BuildCache;
import mirage.tools.Command;
import mirage.tools.Fingerprint;
import mirage.tools.SourceFolders;

/**
 * The library {@code Mirage}, compiled for the host.
 *
 * @param directory holds {@code mirage.cma} and the interfaces
 * @param fingerprint of all it was made from
 */
record DslLibrary(Path directory, Fingerprint fingerprint) {
  private static final SourceFolder SOURCES = new SourceFolder(DslLibrary.class, "ocaml/mirage");
  private static final List<String> FLAGS =
      List.of("-g", "-w", "A-4-9-40-41-42-44-45-48-70", "-strict-sequence", "-principal");

  static DslLibrary in(BuildCache cache) {
    Fingerprint inputs =
        Fingerprint.builder()
            .fingerprint(HostLibraries.fingerprint())
            .folder(SOURCES)
            .texts(FLAGS)
            .build();
    return new DslLibrary(cache.get("mirage-dsl", inputs, DslLibrary::build), inputs);
  }

  private static void build(Path directory) {
    List<String> names = SourceFolders.copy(SOURCES, directory);
    List<String> sorted =
        List.of(
            Command.of("ocamlfind", "ocamldep", "-sort")
                .with(names)
                .in(directory)
                .run()
                .output()
                .trim()
                .split("\\s+"));
    // Always linked: the module that answers is not named by any config.ml.
    Command.of("ocamlfind", "ocamlc", "-a", "-linkall", "-o", "mirage.cma")
        .with("-package", HostLibraries.names())
        .with(FLAGS)
        .with(sorted)
        .in(directory)
        .run();
  }
}
