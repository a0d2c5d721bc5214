// SPDX-License-Identifier: Apache-2.0
package mirage.config.survey;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import mirage.config.survey.Outcome.Result;
import mirage.device.Target;
import mirage.opam.sysroot.Sysroot;
import mirage.tools.BuildCache;
import org.junit.jupiter.api.Test;

/** Some libraries of the distribution, one of each kind of outcome. */
class SurveyTest {
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
