// SPDX-License-Identifier: Apache-2.0
package mirage.opam.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mirage.opam.packages.KnownPackages.Fact;
import org.junit.jupiter.api.Test;

/** The table and the things it speaks of agree. */
class KnownPackagesTest {
  private static final Path ROOT = Path.of("..");
  private static final Path RESOURCES = Path.of("src/main/resources");

  @Test
  void everyFolderOfCodeHasItsRowAndEveryRowItsFolder() throws IOException {
    assertThat(folders("c")).isEqualTo(Set.copyOf(KnownPackages.all(Fact.C).values()));
    assertThat(folders("overlay"))
        .isEqualTo(
            KnownPackages.all(Fact.OVERLAY).values().stream()
                .map(value -> value.split(" ")[0])
                .collect(Collectors.toSet()));
    Set<String> added =
        KnownPackages.all(Fact.ADDED).values().stream()
            .flatMap(value -> Stream.of(value.split(" ")))
            .collect(Collectors.toSet());
    assertThat(added).containsAll(folders("configure"));
    assertThat(added).allMatch(folder -> Files.isDirectory(RESOURCES.resolve(folder)));
  }

  @Test
  void editsNameAFileWhatIsThereAndWhatItBecomes() {
    assertThat(KnownPackages.all(Fact.EDIT).values())
        .isNotEmpty()
        .allMatch(value -> value.matches("[\\w./-]+: .+ => .+"));
  }

  private static Set<String> folders(String parent) throws IOException {
    try (Stream<Path> found = Files.list(RESOURCES.resolve(parent))) {
      return found.map(folder -> parent + "/" + folder.getFileName()).collect(Collectors.toSet());
    }
  }

  @Test
  void everyLibraryThatSetupInstallsIsKnown() throws IOException {
    List<String> installed =
        Stream.of(Files.readString(ROOT.resolve("setup")).split("\\s+"))
            .filter(word -> word.matches("lib.*-ocaml-dev"))
            .toList();
    assertThat(installed).isNotEmpty();
    assertThat(KnownPackages.all(Fact.DEBIAN).values()).containsAll(installed);
  }

  @Test
  void nothingIsBothAlwaysThereAndNever() {
    Set<String> both = new TreeSet<>(KnownPackages.names(Fact.ALWAYS));
    both.retainAll(KnownPackages.names(Fact.REFUSED));
    assertThat(both).isEmpty();
    assertThat(KnownPackages.value(Fact.BUILD, "base-unix")).hasValue("unix");
  }

  @Test
  void reasonsAreSentencesOfTheirOwn() {
    for (Fact fact : List.of(Fact.REFUSED, Fact.SOURCES)) {
      assertThat(KnownPackages.all(fact).values()).allMatch(reason -> reason.length() > 20);
    }
    assertThat(KnownPackages.names(Fact.ABSENT))
        .allMatch(name -> KnownPackages.absence(name).orElseThrow().length() > 20);
  }
}
