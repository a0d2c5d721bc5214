// SPDX-License-Identifier: Apache-2.0
package mirage.config.survey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mirage.config.survey.Outcome.Result;
import mirage.device.Target;
import mirage.opam.sysroot.Sysroot;
import mirage.tools.BuildCache;
import org.junit.jupiter.api.Test;

/** Some libraries of the distribution, one of each kind of outcome. */
class SurveyTest {
  private static final Path DOCS = Path.of("../docs");

  private final BuildCache cache = new BuildCache(Path.of("target/cache").toAbsolutePath());

  @Test
  void eachKindOfLibraryHasItsOutcome() {
    Survey survey = new Survey(Sysroot.of(Target.ESP32, List.of(), cache, List.of()), cache);
    assertThat(survey.check("cstruct")).isEqualTo(new Outcome("cstruct", Result.WORKS, ""));
    assertThat(survey.check("str").result()).isEqualTo(Result.WORKS);
    assertThat(survey.check("lwt.unix"))
        .satisfies(
            outcome -> {
              assertThat(outcome.result()).isEqualTo(Result.REFUSED);
              assertThat(outcome.reason()).contains("there is no operating system on the chip");
            });
    assertThat(survey.check("mirage-crypto-pk"))
        .satisfies(
            outcome -> {
              assertThat(outcome.result()).isEqualTo(Result.NOT_AS_INSTALLED);
              assertThat(outcome.reason()).contains("mirage install builds it from its sources");
            });
  }

  /** Each line of it, and some found out again; all of it: {@code mirage sysroot --check}. */
  @Test
  void theTableForDebianIsWhatTheToolFinds() throws IOException {
    List<String> lines = Files.readAllLines(DOCS.resolve("libraries.txt"));
    String page = Files.readString(DOCS.resolve("libraries.html"));
    List<String> rows = lines.subList(0, lines.size() - 1);
    assertThat(rows).hasSizeGreaterThan(80).isSorted();
    assertThat(rows)
        .allMatch(row -> row.matches("[\\w.-]+ +\\S.*") && !row.contains("/"))
        .allMatch(row -> page.contains("<td>" + row.replaceFirst(" .*", "") + "</td>"));
    assertThat(lines.get(lines.size() - 1)).matches("\\d+ of \\d+ libraries work \\(.*installed");
    Sysroot sysroot = Sysroot.of(Target.ESP32, List.of(), cache, List.of());
    Survey survey = new Survey(sysroot, cache);
    SurveyTable sample = new SurveyTable();
    sysroot.names().stream()
        .filter(name -> name.matches("(base|num|ipaddr|unix)(\\..*)?"))
        .forEach(name -> sample.add(survey.check(name)));
    List<String> found = sample.text().lines().toList();
    assertThat(found).hasSize(5);
    assertThat(lines).containsAll(found.subList(0, 4));
  }

  @Test
  void theTableSaysWhatWorksAndWhyTheRestDoesNot() {
    SurveyTable table = new SurveyTable();
    table.add(new Outcome("lwt", Result.WORKS, ""));
    table.add(new Outcome("lwt.unix", Result.REFUSED, "no <system>"));
    table.add(new Outcome("base", Result.NOT_LINKED, "Base_hash is missing"));
    table.add(new Outcome("fmt", Result.WORKS, ""));
    assertThat(table.text())
        .isEqualTo(
            """
            base                     Base_hash is missing
            fmt                      works
            lwt                      works without lwt.unix (no <system>)
            2 of 3 libraries work (66.7 %); 1 more need what the chip has not, 0 what is not installed
            """);
    assertThat(table.html())
        .contains("<td>lwt</td><td class=\"partly\">works without lwt.unix (no &lt;system>)</td>");
  }
}
