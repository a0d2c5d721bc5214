// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExclusionsTest {
  private static SuiteTest test(String name, String obstacle) {
    Plan plan = new Plan(List.of(), Optional.ofNullable(obstacle));
    return new SuiteTest(name, Path.of(name), plan, Set.of());
  }

  @Test
  void damagedLinesAreAllNamed() {
    assertThatThrownBy(() -> Exclusions.parse("list", "b\tx\na\ty\nb\tz\nc\t\nd\n# d\n"))
        .hasMessage(
            "list:2: not sorted, or twice: a\n"
                + "list:3: not sorted, or twice: b\n"
                + "list:4: not a test, a tab and a reason: c\t\n"
                + "list:5: not a test, a tab and a reason: d")
        .isInstanceOf(mirage.tools.MirageException.class);
  }

  @Test
  void unknownNamesAndMissingLinesAreFound() {
    Exclusions list = Exclusions.parse("list", "a\tabout the toplevel\nz\treason\n");
    assertThat(
            list.problems(
                List.of(
                    test("a", "about the toplevel"), test("b", "about ocamldoc"), test("c", null))))
        .containsExactly("listed, but not in the suite: z", "to be listed:\nb\tabout ocamldoc");
  }

  @Test
  void needsAreChecked() {
    assertThat(Need.parse("needs", "a\tlarge_memory files\n"))
        .isEqualTo(Map.of("a", Set.of(Need.LARGE_MEMORY, Need.FILES)));
    assertThatThrownBy(() -> Need.parse("needs", "a\tgpu\n"))
        .hasMessage("needs: a: no such need: gpu");
  }
}
