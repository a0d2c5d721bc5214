// SPDX-License-Identifier: Apache-2.0
package mirage.conformance.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import mirage.tools.MirageException;
import org.junit.jupiter.api.Test;

class TestBlockTest {
  private static final Variables NONE = new Variables(Map.of());

  private static TestBlock block(String text) {
    return TestBlock.parse("a.ml", text).orElseThrow();
  }

  private static List<Plan.Kind> kinds(Plan plan) {
    return plan.steps().stream().map(Plan.Step::kind).toList();
  }

  @Test
  void fileWithoutBlockIsNoTest() {
    assertThat(TestBlock.parse("a.ml", "let x = 1 (* TEST *)")).isEmpty();
    assertThat(TestBlock.parse("a.ml", "(* TESTING *)")).isEmpty();
  }

  @Test
  void emptyBlockIsCompiledRunAndChecked() {
    Plan plan = Plan.of(block("\n(* TEST *)\nlet x = 1"), NONE);
    assertThat(kinds(plan)).containsExactly(Plan.Kind.COMPILE, Plan.Kind.RUN, Plan.Kind.CHECK);
  }

  @Test
  void statementsBelongToTheNodeBeforeThem() {
    TestBlock block =
        block(
            """
            (* TEST
               flags = "-g"
               * hasunix
               ** bytecode
                  flags += " -w a"
                  reference = "${dir}/x.\\
                               \\ y"
               ** native with principal
            *)
            """);
    assertThat(block.nodes()).hasSize(1);
    Plan plan = Plan.of(block, NONE.with("dir", "d"));
    Variables variables = plan.steps().get(0).variables();
    assertThat(variables.words("flags")).containsExactly("-g", "-w", "a");
    assertThat(variables.find("reference")).hasValue("d/x. y");
    assertThat(plan.steps()).hasSize(3);
  }

  @Test
  void blockBelowIsTheOneThatCounts() {
    assertThat(
            block("(* TEST_BELOW\n filler *)\nlet x = 1\n(* TEST\n flags = \"-g\" *)").statements())
        .containsExactly(new TestBlock.Statement(TestBlock.Effect.ASSIGN, "flags", "-g"));
  }

  @Test
  void whatCannotBeDoneTellsWhy() {
    assertThat(Plan.of(block("(* TEST * expect *)"), NONE).obstacle())
        .hasValue("about the toplevel (expect test)");
    assertThat(Plan.of(block("(* TEST * hassysthreads ** bytecode *)"), NONE).obstacle())
        .hasValue("needs system threads");
    assertThat(
            Plan.of(block("(* TEST * setup-ocamlc.byte-build-env ** ocamlc.byte *)"), NONE)
                .obstacle())
        .hasValue("about the compiler's messages; no program is run");
  }

  @Test
  void damagedBlockIsRefusedWithItsFile() {
    assertThatThrownBy(() -> block("(* TEST flags = "))
        .isInstanceOf(MirageException.class)
        .hasMessage("a.ml: the TEST block does not end");
    assertThatThrownBy(() -> block("(* TEST flags \"x\" *)"))
        .hasMessageContaining("neither = nor +=");
  }
}
