// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.upstream;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The modules of a case's program, the same for the chip and for this machine: those beside its main file, and the
 * stand-ins for libraries of hosts.
 *
 * @param folder that has them all
 * @param main the main file in it
 * @param libraries findlib names of the libraries that have no stand-in
 */
record ProgramFolder(Path folder, String main, List<String> libraries) {
  private static final Path OURS = Path.of("src", "test", "resources", "upstream");

  /**
   * Makes it.
   *
   * @param sources the folder of checkouts
   * @param folder to be made
   */
  static ProgramFolder of(Case one, Path sources, Path folder) throws IOException {
    Files.createDirectories(folder);
    Path upstream = sources.resolve(one.program());
    Path main = Files.exists(upstream) ? upstream : OURS.resolve("programs").resolve(one.program());
    if (upstream.startsWith(main) && Path.of(one.program()).getNameCount() == 2) {
      // At the top of a checkout its library lies beside it.
      Files.copy(main, folder.resolve(main.getFileName()));
    } else if (Path.of(one.program()).getNameCount() == 1) {
      copyModules(OURS.resolve("programs"), folder);
    } else {
      copyModules(main.getParent(), folder);
    }
    List<String> libraries = new ArrayList<>();
    for (String library : one.libraries()) {
      Path standIn = OURS.resolve("stand-ins").resolve(library);
      if (library.contains("/")) {
        copyModules(sources.resolve(library), folder);
      } else if (Files.isDirectory(standIn)) {
        copyModules(standIn, folder);
      } else {
        libraries.add(library);
      }
    }
    return new ProgramFolder(folder, main.getFileName().toString(), libraries);
  }

  String name() {
    return main.replaceFirst("\\..*", "");
  }

  private static void copyModules(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(f -> f.toString().matches(".*\\.ml[ily]?")).toList()) {
        if (!Files.readString(file).startsWith("#!")) {
          Files.copy(
              file, to.resolve(file.getFileName().toString()), StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }
}
