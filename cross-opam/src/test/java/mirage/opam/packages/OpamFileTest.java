// SPDX-License-Identifier: Apache-2.0
package mirage.opam.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Random;
import mirage.tools.MirageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpamFileTest {
  private static final OpamVariables CHIP = OpamVariables.esp32("4.13.1");

  private static final String FILE =
      """
      opam-version: "2.0"
      synopsis: "a \\"thing\\""
      # a comment
      description: \"\"\"
      several "lines" \"\"\"
      build: [
        ["dune" "subst"] {dev}
        ["dune" "build" "-p" name "-j" jobs "@install" "@runtest" {with-test}]
        ["make" "CC=%{cc}%" "X=%{lwt:enable}%-it"] {os = "linux" | arch = "xtensa"}
      ]
      depends: [
        "ocaml" {>= "4.08" & < "5.0"}
        "dune" {build}
        "lwt" {>= "5.0" | = "dev"}
        "alcotest" {with-test & >= "1.0"}
        ("digestif" & "eqaf" {!= "0.1"} | "sha")
        "unix-thing" {os != "esp32"}
      ]
      depopts: "zarith"
      available: arch != "s390x"
      url { src: "https://example.org" checksum: ["md5=0"] }
      """;

  private static OpamFile file() {
    return OpamFile.parse(FILE, "thing.opam");
  }

  @Test
  void textsAndSections() {
    assertThat(file().text("synopsis")).hasValue("a \"thing\"");
    assertThat(file().text("description")).hasValue("\nseveral \"lines\" ");
    assertThat(file().fields()).doesNotContainKey("src");
  }

  @Test
  void commandsAreThoseForTheTarget() {
    OpamVariables variables =
        CHIP.with(Map.of("name", "thing", "jobs", "2", "cc", "gcc")).withPresent("lwt"::equals);
    assertThat(file().commands("build", variables))
        .containsExactly(
            List.of("dune", "build", "-p", "thing", "-j", "2", "@install"),
            List.of("make", "CC=gcc", "X=enable-it"));
    assertThat(file().commands("install", variables)).isEmpty();
    assertThat(OpamFile.parse("install: [make \"install\"]", "x").commands("install", CHIP))
        .containsExactly(List.of("make", "install"));
  }

  @Test
  void requirementsAreThoseForTheTarget() {
    assertThat(file().requirement("depends", CHIP))
        .hasToString(
            "ocaml >= 4.08 & < 5.0 & dune & lwt (>= 5.0 | = dev) & digestif & eqaf != 0.1 or sha");
    assertThat(file().requirement("depopts", CHIP)).hasToString("zarith");
    assertThat(file().requirement("conflicts", CHIP)).hasToString("");
  }

  @ParameterizedTest
  @CsvSource({
    "'os = \"esp32\"', true",
    "'os != \"linux\" & !with-test', true",
    "'undefined-variable', false",
    "'!undefined-variable', false",
    "'?undefined-variable', false",
    "'undefined-variable | arch = \"xtensa\"', true",
    "'ocaml:version >= \"4.9\"', true",
    "'ocaml:native', false",
    "'[os = \"esp32\" false]', false",
  })
  void availability(String filter, boolean expected) {
    assertThat(OpamFile.parse("available: " + filter, "x").isAvailable(CHIP)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "'build: [', 'x: line 1: a name expected, the file ends'",
    "'a: \"b', 'x: line 1: this text has no end'",
    "'a: \"b\" a: \"c\"', 'x: line 1: the field a is there twice'",
    "'a \"b\" [', 'x: line 1: ''{'' expected, ''['' found'",
  })
  void mistakesHaveALine(String text, String message) {
    assertThatThrownBy(() -> OpamFile.parse(text, "x"))
        .isInstanceOf(MirageException.class)
        .hasMessage(message);
  }

  @Test
  void everyInputIsUnderstoodOrRefused() {
    Random random = new Random(7);
    int understood = 0;
    for (int round = 0; round < 5000; round++) {
      StringBuilder text = new StringBuilder(FILE);
      for (int change = 0; change < 1 + random.nextInt(3); change++) {
        int at = random.nextInt(text.length());
        text.replace(
            at, at + 1, String.valueOf("[](){}\"\\&|!?:=~ a0%#".charAt(random.nextInt(20))));
      }
      try {
        OpamFile file = OpamFile.parse(text.toString(), "x");
        file.requirement("depends", CHIP);
        file.isAvailable(CHIP);
        file.commands("build", CHIP.with(Map.of("name", "thing")));
        understood++;
      } catch (MirageException e) {
        assertThat(e).hasMessageStartingWith("x: ");
      }
    }
    assertThat(understood).isBetween(100, 4900);
  }

  @Test
  void depthIsLimited() {
    assertThatThrownBy(() -> OpamFile.parse("a: " + "[".repeat(100000), "x"))
        .hasMessage("x: line 1: nested too deep");
  }
}
