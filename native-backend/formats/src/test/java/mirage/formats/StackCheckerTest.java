// SPDX-License-Identifier: Apache-2.0
package mirage.formats;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Code that is made of whole instructions, and still none that a compiler makes. */
class StackCheckerTest {

  private static void check(String text) {
    Bytecode.Failure failure =
        (pc, found, allowed) -> new FormatException("t", 4L * pc, found, allowed);
    new StackChecker(new BytecodeDecoder(BytecodeTest.words(text), 1, 1, failure).decode(), failure)
        .check();
  }

  /** A function of two arguments at word 3, called with both and with one; a trap; a call with a frame. */
  @Test
  void goodCodePasses() {
    assertThatCode(
            () ->
                check(
                    """
                    BRANCH 9 RESTART GRAB 1 ACC1 PUSHACC1 ADDINT RETURN 2
                    CLOSURE 0 -9 PUSH CONST1 PUSHCONST2 PUSHACC2 APPLY2
                    PUSHTRAP 4 CONST0 POPTRAP CONST1
                    PUSH_RETADDR 6 CONST1 PUSHCONST2 PUSHACC5 APPLY 2
                    POP 1 STOP"""))
        .doesNotThrowAnyException();
  }

  static List<Arguments> bad() {
    return List.of(
        arguments("POP 1 STOP", "POP: 1 values taken from the stack; allowed: 0 to 0"),
        arguments("POP -1 STOP", "POP: -1 values taken from the stack"),
        arguments("ACC0 STOP", "ACC0: a use of stack word 0; allowed: those from 0 on of the 0"),
        arguments("ACC -1 STOP", "ACC: a use of stack word -1"),
        arguments("CONST0 ADDINT STOP", "ADDINT: 1 values taken from the stack"),
        arguments("RETURN 0 STOP", "RETURN: a return from toplevel code; allowed: STOP"),
        arguments("GRAB 0 STOP", "GRAB: GRAB inside a function; allowed: at its beginning only"),
        arguments("ENVACC1 STOP", "ENVACC1: captured variable 1; allowed: none here"),
        arguments("OFFSETCLOSURE0 STOP", "OFFSETCLOSURE0: the closure at offset 0"),
        arguments("POPTRAP STOP", "POPTRAP: something else on top of the stack; allowed: a trap"),
        arguments("PUSHTRAP 2 ACC0 STOP", "ACC0: a use of stack word 0, no value"),
        arguments("PUSHTRAP 3 POP 1 STOP", "POP: 1 values taken from the stack"),
        arguments("PUSH APPLY 1 STOP", "APPLY: something else on top of the stack"),
        arguments("APPLY 0 STOP", "APPLY: arguments 0; allowed: 1 to 4194303"),
        arguments("APPTERM 2000000000 3 STOP", "APPTERM: arguments 2000000000"),
        arguments("MAKEBLOCK 0 0 STOP", "MAKEBLOCK: fields 0; allowed: 1 to 4194303"),
        arguments("MAKEBLOCK 2000000000 0 STOP", "MAKEBLOCK: fields 2000000000"),
        arguments("MAKEBLOCK1 256 STOP", "MAKEBLOCK1: tag 256; allowed: 0 to 255"),
        arguments("GETFIELD 4194303 STOP", "GETFIELD: field 4194303; allowed: 0 to 4194302"),
        arguments("C_CALLN 0 0 STOP", "C_CALLN: arguments 0"),
        arguments(
            "BRANCHIF 2 PUSH CONST0 STOP",
            "PUSH: a way to word 3 with 1 words on the stack, another comes with 0"),
        arguments(
            "CLOSURE 0 2 STOP CONST0 RETURN 2",
            "RETURN: an end of a function that leaves 2 of its 1 words"),
        arguments(
            "CLOSURE 0 5 CLOSURE 0 2 STOP RETURN 1",
            "CLOSURE: a second closure of the function at word 7; allowed: one for each function"),
        arguments("CLOSURE 0 2 STOP STOP", "STOP: STOP in a function"),
        arguments(
            "CLOSURE 0 2 STOP BRANCH -2",
            "a way from the function at word 4 into the one at word 0"),
        arguments("CLOSURE 0 2 STOP GRAB -1 RETURN 0", "a function of 0 arguments"),
        arguments("CLOSUREREC 1 0 2 OFFSETCLOSURE3 STOP", "OFFSETCLOSURE3: the closure at offset"));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void badCodeIsNamed(String text, String message) {
    assertThatThrownBy(() -> check(text))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining(message);
  }
}
