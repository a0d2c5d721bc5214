// SPDX-License-Identifier: Apache-2.0
package mirage.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What instructions are made of, and the words that are none. */
class BytecodeTest {
  private static final int GLOBALS = 3;
  private static final int PRIMITIVES = 2;

  /** Opcodes by their names, operands as numbers. */
  static int[] words(String text) {
    return Stream.of(text.split("\\s+"))
        .mapToInt(
            word ->
                word.matches("-?\\d+")
                    ? Integer.parseInt(word)
                    : BytecodeOp.valueOf(word).ordinal())
        .toArray();
  }

  private static Bytecode decode(String text) {
    return Bytecode.of("t", words(text), GLOBALS, PRIMITIVES);
  }

  private static String plain(Instruction instruction) {
    return instruction.plain().stream()
        .map(PlainInstruction::toString)
        .collect(Collectors.joining(", "));
  }

  /** By runtime/interp.c; labels are counted from the word they stand in, or the first of several. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ':',
      value = {
        "ACC3 : ACC 3",
        "PUSHACC2 : PUSH, ACC 2",
        "PUSHACC 9 : PUSH, ACC 9",
        "PUSHENVACC4 : PUSH, ENVACC 4",
        "OFFSETCLOSUREM3 : OFFSETCLOSURE -3",
        "PUSHOFFSETCLOSURE3 : PUSH, OFFSETCLOSURE 3",
        "CONST2 : CONST 2",
        "PUSHCONSTINT -5 : PUSH, CONST -5",
        "PUSHATOM0 : PUSH, ATOM 0",
        "APPLY2 : APPLY 2",
        "APPLY 5 : APPLY 5, POP_RETADDR",
        "APPTERM1 7 : APPTERM 1 7",
        "GETGLOBALFIELD 1 8 : GETGLOBAL 1, GETFIELD 8",
        "PUSHGETGLOBALFIELD 2 8 : PUSH, GETGLOBAL 2, GETFIELD 8",
        "MAKEBLOCK 5 6 : MAKEBLOCK 5 6",
        "MAKEBLOCK3 6 : MAKEBLOCK 3 6",
        "SETFIELD1 : SETFIELD 1",
        "C_CALL4 1 : C_CALL 4 1",
        "C_CALLN 6 1 : C_CALL 6 1",
        "GETSTRINGCHAR : GETBYTESCHAR",
        "GETPUBMET 77 0 : PUSH, GETPUBMET 77 0",
        "CHECK_SIGNALS : ''",
        "BRANCH -1 : BRANCH 0",
        "BEQ 9 1 : BEQ 9 3",
        "CLOSURE 1 1 : CLOSURE 1 3",
        "CLOSUREREC 2 1 2 -3 : CLOSUREREC 2 1 5 0",
        "SWITCH 131073 3 -2 3 : SWITCH 1 5 0 5"
      })
  void opcodesAreShortForPlainOperations(String text, String plain) {
    Bytecode code = decode(text + " STOP");
    assertThat(plain(code.at(0))).isEqualTo(plain);
    assertThat(code.at(0).next()).isEqualTo(code.size() - 1);
    assertThat(code.at(code.at(0).next()).op()).isEqualTo(BytecodeOp.STOP);
  }

  @Test
  void everyPlainOperationIsInSomeOpcode() {
    Set<PlainOp> done = EnumSet.noneOf(PlainOp.class);
    for (BytecodeOp op : BytecodeOp.values()) {
      EnumSet.allOf(PlainOp.class).stream().filter(op::does).forEach(done::add);
    }
    assertThat(done).containsExactlyInAnyOrder(PlainOp.values());
  }

  /** A count among the operands comes on top of what an operation always uses. */
  @ParameterizedTest
  @CsvSource({
    "CONST1, 0",
    "ADDINT, 2",
    "SETVECTITEM, 3",
    "MAKEBLOCK 4 0, 4",
    "C_CALLN 7 0, 7",
    "APPLY3, 4",
    "CLOSURE 2 1, 2",
    "CLOSUREREC 2 3 2 2, 3",
    "GETFIELD 9, 1"
  })
  void valuesAreTheAccumulatorAndWordsOfTheStack(String text, int values) {
    assertThat(decode(text + " STOP").at(0).plain().get(0).values()).isEqualTo(values);
  }

  @Test
  void labelsAreOfAKind() {
    Bytecode code = decode("CLOSUREREC 2 0 6 8 SWITCH 2 2 4 PUSHTRAP -1 STOP");
    Instruction closures = code.at(0);
    assertThat(closures.labels(Operand.FUNCTION))
        .containsExactly(9, 11)
        .isEqualTo(closures.labels());
    assertThat(closures.labels(Operand.TARGET)).isEmpty();
    assertThat(code.at(5).labels(Operand.TARGET)).containsExactly(9, 11);
    assertThat(code.at(9).labels(Operand.HANDLER)).containsExactly(9);
    assertThat(code.at(11).labels()).isEmpty();
  }

  @Test
  void functionsOfSeveralArgumentsGrabThem() {
    Bytecode code = decode("RESTART GRAB 2 CONST0 RETURN 3");
    assertThat(code.arity(1)).isEqualTo(3);
    assertThat(code.body(1)).isEqualTo(3);
    assertThat(code.arity(3)).isEqualTo(1);
    assertThat(code.body(3)).isEqualTo(3);
    assertThatThrownBy(() -> code.at(2)).hasMessage("word 2 is an operand");
  }

  @Test
  void aProgramsWordsAreThoseOfItsInstructions(@TempDir Path dir) throws Exception {
    Path source = Files.writeString(dir.resolve("p.ml"), "class c = object method m = 1 end\n");
    Path program = dir.resolve("p.byte");
    HostTool.run("ocamlc", "-linkall", "-o", program.toString(), source.toString());
    Bytecode code = BytecodeFile.read("p.byte", Files.readAllBytes(program)).code();
    int[] words =
        code.instructions().stream()
            .flatMapToInt(i -> Arrays.stream(i.words(i.pc(), (kind, operand) -> operand)))
            .toArray();
    assertThat(words).isEqualTo(code.words());
    Set<BytecodeOp> seen =
        code.instructions().stream().map(Instruction::op).collect(Collectors.toSet());
    assertThat(seen).contains(BytecodeOp.SWITCH, BytecodeOp.CLOSUREREC, BytecodeOp.PUSHTRAP);
  }

  /** Two words further on, with other numbers. */
  @Test
  void movedInstructionsKeepTheirLabels() {
    Bytecode code = decode("SWITCH 131073 3 3 3 STOP");
    Instruction.Renumbering further = (kind, operand) -> kind.isLabel() ? operand + 2 : operand;
    assertThat(code.at(0).words(2, further)).isEqualTo(words("SWITCH 131073 3 3 3"));
    Instruction global = decode("PUSHGETGLOBALFIELD 2 5 STOP").at(0);
    assertThat(global.words(9, (kind, operand) -> kind == Operand.GLOBAL ? 40 : operand))
        .isEqualTo(words("PUSHGETGLOBALFIELD 40 5"));
  }

  static List<Arguments> bad() {
    return List.of(
        arguments(
            "999 STOP", "found opcode 999; allowed: 0 to " + (BytecodeOp.values().length - 1)),
        arguments("CONST0", "0x4: found the end of CODE; allowed: STOP as its last"),
        arguments("BRANCHIF -1", "0x8: found the end of CODE; allowed: STOP as its last"),
        arguments("STOP ACC", "0x4: found ACC whose operands pass the end of CODE"),
        arguments("CLOSUREREC 1", "CLOSUREREC whose operands pass the end of CODE"),
        arguments("CLOSUREREC 0 0 0 STOP", "CLOSUREREC whose operands pass the end of CODE"),
        arguments("CLOSUREREC -1 0 0 STOP", "CLOSUREREC whose operands pass the end of CODE"),
        arguments("CLOSUREREC 2147483647 0 0 STOP", "CLOSUREREC whose operands pass the end"),
        arguments("SWITCH -1 0 0 STOP", "SWITCH whose operands pass the end of CODE"),
        arguments("SWITCH 0", "SWITCH without cases; allowed: one at least"),
        arguments("CONST0 BRANCH 5 STOP", "0x8: found a label of word 7; allowed: 0 to 3"),
        arguments("BRANCH -2 STOP", "0x4: found a label of word -1; allowed: 0 to 2"),
        arguments("BRANCH 2147483647 STOP", "a label of word 2147483648"),
        arguments("BRANCH 0 STOP", "0x4: found a label of word 1; allowed: labels of instructions"),
        arguments("GETGLOBAL 3 STOP", "0x4: found global 3; allowed: 0 to 2"),
        arguments("PUSHGETGLOBALFIELD -1 0 STOP", "0x4: found global -1"),
        arguments("C_CALLN 6 2 STOP", "0x8: found primitive 2; allowed: 0 to 1"),
        arguments("GETGLOBALFIELD 0 -1 STOP", "0x0: found GETGLOBALFIELD: field -1; allowed: 0 to"),
        arguments("PUSHATOM 256 STOP", "PUSHATOM: tag 256; allowed: 0 to 255"),
        arguments("CLOSURE -1 1 STOP", "CLOSURE: captured variables -1; allowed: 0 to 4194303"),
        arguments("MAKEFLOATBLOCK 0 STOP", "MAKEFLOATBLOCK: fields 0; allowed: 1 to 4194303"));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void whatIsNoInstructionIsNamed(String text, String message) {
    assertThatThrownBy(() -> decode(text))
        .isInstanceOf(FormatException.class)
        .hasMessageStartingWith("t: at offset 0x")
        .hasMessageContaining(message);
  }

  @Test
  void noWordsAreNoProgram() {
    assertThatThrownBy(() -> Bytecode.of("t", new int[0], 0, 0))
        .hasMessageContaining("the end of CODE");
  }

  /** Two closures made together: fields 0 and 3 have their code, fields from 5 on the variables. */
  @Test
  void closuresMadeTogetherShareTheirVariables() {
    assertThat(IntStream.range(0, 2).map(i -> new ClosureMember(i, 2).firstVariable()))
        .containsExactly(5, 2);
    assertThat(new ClosureMember(0, 2).sibling(3)).isEqualTo(1);
    assertThat(new ClosureMember(1, 2).sibling(-3)).isEqualTo(0);
    assertThat(new ClosureMember(1, 2).sibling(3)).isEqualTo(-1);
    assertThat(new ClosureMember(0, 2).sibling(-3)).isEqualTo(-1);
    assertThat(new ClosureMember(0, 2).sibling(2)).isEqualTo(-1);
  }
}
