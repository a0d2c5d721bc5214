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

  @Test
  void everyFolderOfCodeHasItsRowAndEveryRowItsFolder() throws IOException {
    Path folders = Path.of("src/main/resources/c");
    try (Stream<Path> found = Files.list(folders)) {
      Set<String> present =
          found.map(folder -> "c/" + folder.getFileName()).collect(Collectors.toSet());
      assertThat(present).isEqualTo(Set.copyOf(KnownPackages.all(Fact.C).values()));
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
    for (Fact fact : List.of(Fact.ABSENT, Fact.REFUSED)) {
      assertThat(KnownPackages.all(fact).values()).allMatch(reason -> reason.length() > 20);
    }
  }
}
