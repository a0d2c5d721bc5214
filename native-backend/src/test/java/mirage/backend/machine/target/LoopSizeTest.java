// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import mirage.backend.ir.Cfg;
import mirage.backend.ir.Parse;
import mirage.backend.ir.Pass;
import mirage.backend.ir.Program;
import mirage.backend.machine.CodeGenerator;
import mirage.formats.Bytecode;
import mirage.formats.BytecodeOp;
import mirage.formats.CallEvents;
import mirage.formats.OcamlTags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a loop that counts by itself takes, against what is written for it: an instruction has three bytes at most. */
class LoopSizeTest {
  private static final int INSTRUCTION = 3;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "w9 = w_add v0, v1",
        "w9 = w_addi [100] v0",
        "w9 = w_addi [1000] v0",
        "w9 = w_addi [100000] v0",
        "w9 = w_addx4 v0, v1",
        "w9 = w_shri [20] v0",
        "w9 = w_shl v0, v1",
        "w9 = w_sar v0, v1",
        "w9 = w_funnel [7] v0, v1",
        "w9 = w_mul v0, v1",
        "w9 = w_muluh v0, v1",
        "w9 = w_quos v0, v1",
        "w9 = w_test [LT] v0, v1",
        "w9 = w_flag [LTU] v0, v1",
        "w9 = w_if_zero v0, v1, v0",
        "w9 = w_const [100000]",
        "w9 = w_load [1020] v0",
        "w9 = w_load [1024] v0",
        "w9 = w_load [2000] v0",
        "w9 = w_load8 [255] v0",
        "w9 = w_load8 [256] v0",
        "w9 = w_load8 [3001] v0",
        "w_store [1020] v0, v1",
        "w_store [4000] v0, v1",
        "w_store8 [256] v0, v1",
        "w_store8 [3001] v0, v1",
        "w_modify [0] v0, v1",
        "w_modify [2000] v0, v1",
        "w_modify_int [4] v0, v1",
        "w_check_divisor v0",
        "w_check_bound v0, v1",
        "w9 = w_header v0",
        "w9 = w_header_any v0",
        "w9 = w_ba_data [4] v0",
        "w9 = unbox [INT64.1] v0",
        "w9 = unbox_any [FLOAT.0] v0",
      })
  void anInstructionTakesNoMoreThanIsAllowedFor(String instruction) {
    for (int copies = 1; copies <= 9; copies += 8) {
      Program program = loop((instruction + "\n  ").repeat(copies));
      int most = LoopSize.most(onlyLoop(program));
      assertThat(bytes(program)).isLessThanOrEqualTo(most);
    }
  }

  /** Moves of its parameters, branches that the assembler turns into two instructions, jumps. */
  @Test
  void soDoTheEndsOfBlocks() {
    String swaps =
        """
        function f arity 3
        b0[v0, v1, v2]:
          w3 = w_sari [1] v2
          repeat ANY w3 b1(v0, v1, v0, v1, v0, v1, v0, v1)
        b1[v4, v5, v6, v7, v8, v9, v10, v11]:
          turn b2() exit b9()
        b2[]:
          compare LT [v4, v5] ? b3() : b4()
        b3[]:
          w_store [0] v4, v5
          jump b5()
        b4[]:
          w_store [0] v5, v4
          jump b5()
        b5[]:
          jump b1(v5, v4, v7, v6, v9, v8, v11, v10)
        b9[]:
          return v4
        """;
    Program program = Parse.program(swaps);
    // One more for the branch, which may become one around a jump.
    assertThat(bytes(program) + INSTRUCTION).isLessThanOrEqualTo(LoopSize.most(onlyLoop(program)));
  }

  /** A loop of 256 bytes can be told to the processor; one that may be longer goes back by a jump. */
  @Test
  void aLongLoopGoesBackByItself() {
    Program full = loop("w_store [0] v0, v1\n  ".repeat(83));
    Program longer = loop("w_store [0] v0, v1\n  ".repeat(84));
    assertThat(LoopSize.most(onlyLoop(full))).isLessThanOrEqualTo(LoopSize.REACH);
    assertThat(LoopSize.most(onlyLoop(longer))).isGreaterThan(LoopSize.REACH);
    assertThat(text(full)).doesNotContain("nop.n");
    assertThat(text(longer)).contains("nop.n");
  }

  private static Program loop(String body) {
    return Parse.program(
        """
        function f arity 3
        b0[v0, v1, v2]:
          w3 = w_sari [1] v2
          repeat ANY w3 b1()
        b1[]:
          turn b2() exit b9()
        b2[]:
          %sjump b1()
        b9[]:
          return v0
        """
            .formatted(distinct(body)));
  }

  /** Each copy defines a variable of its own. */
  private static String distinct(String body) {
    String text = body;
    for (int i = 10; text.contains("w9 "); i++) {
      text = text.replaceFirst("w9 ", "w" + i + " ");
    }
    return text;
  }

  private static Loops.Loop onlyLoop(Program program) {
    Cfg cfg = new Cfg(program.main());
    Loops loops = new Loops(cfg);
    return cfg.reversePostorder().stream()
        .map(loops::headedBy)
        .filter(loop -> loop != null)
        .findFirst()
        .orElseThrow();
  }

  /** From the loop instruction's first byte to the loop's end, if no instruction has a short form. */
  private static int bytes(Program program) {
    List<String> lines = new ArrayList<>(text(program).lines().toList());
    int begin = 0;
    while (!lines.get(begin).contains("/* loop */")) {
      begin++;
    }
    String end = lines.get(begin).replaceAll(".*, (\\.L\\d+) - .*", "$1") + ":";
    List<String> inside = lines.subList(begin, lines.indexOf(end));
    return INSTRUCTION * (int) inside.stream().filter(line -> line.startsWith("\t")).count();
  }

  private static String text(Program program) {
    CodeGenerator generator = new CodeGenerator();
    boolean spilled = false;
    for (Pass pass : generator.passes()) {
      spilled |= pass.name().equals("spill");
      if (spilled) {
        pass.run(program);
      }
    }
    for (int i = 0; i < OcamlTags.EXCEPTIONS; i++) {
      program.addGlobal();
    }
    Bytecode code = Bytecode.of("none", new int[] {BytecodeOp.STOP.ordinal()}, 0, 0);
    return generator.text(program, new CallEvents(code, List.of()));
  }
}
