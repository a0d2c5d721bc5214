// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of upstream's packages agree with each other and with what lies beside them; no checkout is needed for that. */
class TablesTest {
  private static final Path TABLES = Path.of("src", "test", "resources", "upstream");

  private static List<Case> cases() throws IOException {
    return Case.parse(Files.readString(TABLES.resolve("cases.tsv")));
  }

  private static Set<String> checkouts() throws IOException {
    return Files.readAllLines(TABLES.resolve("sources.tsv")).stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("\t"))
        .peek(row -> assertThat(row).hasSize(3))
        .map(row -> row[0])
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void whatCasesInstallIsAmongTheSourcesAndTheReverse() throws IOException {
    Set<String> used = new TreeSet<>(Host.SIGNATURES);
    used.add("mirage-skeleton");
    for (Case one : cases()) {
      used.addAll(one.checkouts());
      Stream.concat(Stream.of(one.program()), one.libraries().stream())
          .filter(place -> place.contains("/"))
          .forEach(place -> used.add(place.replaceFirst("/.*", "")));
    }
    assertThat(checkouts()).isEqualTo(used);
  }

  @Test
  void programsAndStandInsAreThereAndUsed() throws IOException {
    Set<String> programs = new TreeSet<>();
    Set<String> libraries = new TreeSet<>();
    for (Case one : cases()) {
      libraries.addAll(one.libraries());
      if (!one.program().contains("/")) {
        assertThat(TABLES.resolve("programs").resolve(one.program())).isRegularFile();
        programs.add(one.program());
      }
    }
    assertThat(programs).isNotEmpty();
    try (Stream<Path> standIns = Files.list(TABLES.resolve("stand-ins"))) {
      assertThat(standIns.map(place -> place.getFileName().toString())).isSubsetOf(libraries);
    }
  }

  @Test
  void aDifferenceIsShownWhereItBegins() {
    assertThat(Difference.of(List.of("a", "b"), List.of("a", "b"))).isEmpty();
    assertThat(Difference.of(List.of(), List.of())).hasValue("nothing is expected");
    assertThat(Difference.of(List.of("a", "b"), List.of("a")).orElseThrow())
        .startsWith("line 2:")
        .contains("expected: b");
  }
}
