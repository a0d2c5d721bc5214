// SPDX-License-Identifier: Apache-2.0
package mirage.opam.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import mirage.tools.AtomicFiles;
import mirage.tools.Command;
import mirage.tools.Fingerprint;
import mirage.tools.MirageException;
import mirage.tools.TemporaryFolder;
import mirage.tools.Tools;

/**
 * Sources from the repositories of the user's opam switch. Opam may fetch them from a network.
 *
 * @param folder keeps them, a folder for each package as a repository describes it, with its checksums
 * @param progress gets a line for each that is fetched
 */
record OpamSwitch(Path folder, Consumer<String> progress) {
  /** Opam's status when a package is unknown. */
  private static final int NOT_FOUND = 5;

  /**
   * The source of a package.
   *
   * @param word {@code NAME} or {@code NAME.VERSION}
   * @return empty when opam knows no such package
   * @throws MirageException when opam cannot be asked, or fails to fetch it
   */
  Optional<Path> source(String word) {
    Tools.require("opam");
    Command.Result shown = opam("show", "--field=name,version", word);
    if (shown.status() == NOT_FOUND) {
      return Optional.empty();
    }
    require(shown, "opam show " + word);
    String title =
        String.join(
            ".",
            shown
                .output()
                .lines()
                .map(line -> line.replaceFirst("^\\w+\\s+", "").strip())
                .filter(line -> !line.isEmpty())
                .toList());
    Command.Result raw = opam("show", "--raw", title);
    require(raw, "opam show --raw " + title);
    String identity = Fingerprint.builder().text(raw.output()).build().hex();
    Path place = folder.resolve(identity).resolve(title);
    if (!Files.isDirectory(place)) {
      fetch(title, raw.output(), place);
    }
    return Optional.of(place);
  }

  /** What is interrupted leaves nothing. */
  private void fetch(String title, String description, Path place) {
    progress.accept("opam source " + title);
    try (TemporaryFolder work = TemporaryFolder.of("opam-source")) {
      Path source = work.path().resolve(title);
      require(opam("source", "--dir=" + source, title), "opam source " + title);
      describe(title, description, source);
      Files.createDirectories(place.getParent());
      Path part = place.resolveSibling("." + title + "." + ProcessHandle.current().pid());
      AtomicFiles.delete(part);
      AtomicFiles.copyTree(source, part);
      Files.move(part, place);
    } catch (IOException e) {
      throw new MirageException("cannot write " + place + ": " + AtomicFiles.reason(e), e);
    }
  }

  /** Many sources have no opam file: the repository does. */
  private static void describe(String title, String description, Path source) throws IOException {
    String name = title.substring(0, title.indexOf('.'));
    try (Stream<Path> files = Files.list(source)) {
      if (files.noneMatch(
          file -> file.getFileName().toString().matches("opam|" + name + ".opam"))) {
        Files.writeString(source.resolve(name + ".opam"), description);
      }
    }
  }

  private static Command.Result opam(String... words) {
    return Command.of("opam", words[0])
        .with("--color=never")
        .with(List.of(words).subList(1, words.length))
        .execute();
  }

  private static void require(Command.Result result, String shown) {
    if (!result.succeeded()) {
      throw new MirageException("%s: %s".formatted(shown, result.message().strip()));
    }
  }
}
