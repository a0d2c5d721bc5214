// SPDX-License-Identifier: Apache-2.0
package mirage.opam.sysroot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import mirage.device.OcamlLibrary;
import mirage.device.SourceFolder;
import mirage.tools.BuildCache;
import mirage.tools.Command;
import mirage.tools.Fingerprint;
import mirage.tools.MirageException;
import mirage.tools.SourceFolders;

/**
 * Compiles the OCaml sources of libraries carried in jars. The bytecode is the same for all targets
 * and is built once.
 *
 * @param cache where the results are kept
 */
record JarLibraries(BuildCache cache) {
  private static final List<String> FLAGS =
      List.of(
          "-g",
          "-bin-annot",
          "-strict-sequence",
          "-safe-string",
          "-w",
          "+a-4-9-40..42-44-45-48-70");

  /** The identity of a library's bytecode: its sources, its compiler, and all it is built against. */
  static Fingerprint key(OcamlLibrary library, List<Fingerprint> requirements) {
    Fingerprint.Builder inputs = Fingerprint.builder();
    inputs.tool("ocamlc").tool("ocamldep").texts(FLAGS).text(library.name());
    SourceFolder folder = library.sources();
    for (String name : SourceFolders.names(folder)) {
      if (isOcaml(name)) {
        inputs.text(name).bytes(SourceFolders.read(folder, name));
      }
    }
    requirements.forEach(inputs::fingerprint);
    return inputs.build();
  }

  /**
   * The directory with the library's {@code .cma}, interfaces and sources, built now if need be.
   *
   * @param includes directories of all libraries it is compiled against
   */
  Path bytecode(OcamlLibrary library, Fingerprint key, List<Path> includes) {
    return cache.get(
        "lib-" + library.name(), key, directory -> compile(library, includes, directory));
  }

  private static boolean isOcaml(String name) {
    return name.endsWith(".ml") || name.endsWith(".mli");
  }

  private static void compile(OcamlLibrary library, List<Path> includes, Path directory)
      throws IOException {
    List<String> sources =
        SourceFolders.copy(library.sources(), directory).stream()
            .filter(JarLibraries::isOcaml)
            .toList();
    Command.Result sorted =
        Command.of("ocamldep", "-sort", "-one-line").with(sources).in(directory).execute();
    check(library, sorted);
    Command compiler =
        Command.of("ocamlc", "-a", "-o", library.name() + ".cma")
            .with(FLAGS)
            .with(includes.stream().flatMap(path -> Stream.of("-I", path.toString())).toList())
            .with(List.of(sorted.output().strip().split("\\s+")))
            .in(directory)
            // Debug information names the library, not the place it happened to be built in.
            .environment("BUILD_PATH_PREFIX_MAP", library.name() + "=" + directory);
    check(library, compiler.execute());
    clean(directory);
  }

  private static List<Path> files(Path directory, String pattern) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().matches(pattern)).sorted().toList();
    }
  }

  private static void check(OcamlLibrary library, Command.Result result) {
    if (!result.succeeded()) {
      throw new MirageException(
          "OCaml library %s of %s does not compile:\n%s"
              .formatted(
                  library.name(), SourceFolders.origin(library.sources()), result.message()));
    }
  }

  private static void clean(Path directory) throws IOException {
    for (Path file : files(directory, ".*\\.(cmo|c|h)")) {
      Files.delete(file);
    }
  }
}
