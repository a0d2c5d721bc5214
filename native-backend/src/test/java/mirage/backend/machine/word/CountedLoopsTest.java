// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.word;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import mirage.backend.interpret.FunctionRun;
import mirage.backend.ir.Condition;
import mirage.backend.ir.Condition.Test;
import mirage.backend.ir.Parse;
import mirage.backend.ir.Pass;
import mirage.backend.ir.Print;
import mirage.backend.ir.Program;
import mirage.backend.machine.CodeGenerator;

/** Loops of every kind of test are done as often after each step as before, and give what they gave. */
class CountedLoopsTest {
  private static final int LOOPS = 1000;
  private static final int MOST_TURNS = 40;
  private static final int[] STARTS = {
    1, 3, 3, -7, 21, 255, 0x7FFFFFF1, -0x7FFFFFF1, -0x80000000 + 1
  };

  @org.junit.jupiter.api.Test
  void turnsStayTheSame() {
    int counted = 0;
    Random random = new Random(1);
    for (int tried = 0; tried < LOOPS; ) {
      RandomLoop loop = new RandomLoop(random);
      // Most of those that end at once look like others.
      if (loop.turns() <= MOST_TURNS && (loop.turns() > 0 || random.nextInt(8) == 0)) {
        counted += countsAfterwards(loop) ? 1 : 0;
        tried++;
      }
    }
    assertThat(counted).isGreaterThan(LOOPS / 4);
  }

  /** Whether the processor counts the turns. */
  private static boolean countsAfterwards(RandomLoop loop) {
    Program program = Parse.program(loop.text());
    CodeGenerator generator = new CodeGenerator();
    String expected = FunctionRun.word(program, generator, loop.args());
    boolean counts = false;
    for (Pass pass : loop.steps(generator.passes())) {
      pass.run(program);
      program.functions().forEach(generator::check);
      assertThat(FunctionRun.word(program, generator, loop.args()))
          .as("%s of%n%s", pass.name(), loop.text())
          .isEqualTo(expected);
      counts |= Print.of(program).contains("  repeat ");
    }
    return counts;
  }

  /** A loop that counts from one word to another, and adds its turns up. */
  private static final class RandomLoop {
    private final Test test;
    private final boolean leavesIfTrue;
    private final boolean first;
    private final boolean atEnd;
    private final boolean simplified;
    private final boolean knownStart;
    private final int step;
    private final int start;
    private final int limit;
    private final int limitKind;
    private final int use;

    RandomLoop(Random random) {
      Test[] tests = {Test.EQ, Test.NE, Test.LT, Test.GE};
      this.test = tests[random.nextInt(tests.length)];
      this.leavesIfTrue = random.nextBoolean();
      this.atEnd = random.nextBoolean();
      this.simplified = random.nextBoolean();
      this.knownStart = random.nextBoolean();
      this.step = random.nextInt(8) == 0 ? 4 : random.nextBoolean() ? 2 : -2;
      this.start = STARTS[random.nextInt(STARTS.length)];
      this.limitKind = random.nextInt(4);
      int distance = random.nextInt(2 * MOST_TURNS) - MOST_TURNS / 2;
      int word = start + distance * Integer.signum(step);
      // A variable is an OCaml integer; the compiler may have made another constant.
      this.limit = limitKind == 3 ? word | 1 : word;
      this.first = limitKind == 0 || random.nextBoolean();
      this.use = random.nextInt(3);
    }

    int[] args() {
      return new int[] {start, limit};
    }

    /** With or without the step in front of the one that counts. */
    List<Pass> steps(List<Pass> all) {
      return all.subList(simplified ? 1 : 2, all.size());
    }

    int turns() {
      int counter = start;
      for (int turns = 0; turns <= MOST_TURNS; turns++) {
        if (leaves(counter)) {
          return turns;
        }
        counter += step;
      }
      return Integer.MAX_VALUE;
    }

    private boolean leaves(int counter) {
      int a = first ? counter : limit;
      int b = first ? limit : counter;
      boolean holds =
          switch (test) {
            case EQ -> a == b;
            case NE -> a != b;
            case LT -> a < b;
            default -> a >= b;
          };
      return holds == leavesIfTrue;
    }

    String text() {
      String begin = knownStart ? "w2" : "v0";
      String bound = limitKind == 3 ? "v1" : limitKind == 2 ? "w4" : "w3";
      String condition =
          limitKind == 0
              ? Condition.of(test, limit) + " [v10]"
              : test + (first ? " [v10, " + bound + "]" : " [" + bound + ", v10]");
      String body = "  v12 = w_addi [2] v11\n  v13 = w_addi [" + step + "] v10\n";
      String again = "b1(v13, v12)";
      String out =
          use == 0 ? "b3(" + (atEnd ? "v12" : "v11") + ")" : use == 1 ? "b3(v10)" : "b3(w9)";
      String constant = limitKind == 2 ? "  w4 = w_const [" + limit + "]\n" : "";
      String known = use == 2 ? "  w9 = w_const [77]\n" : "";
      String loop =
          atEnd
              ? body + constant + known + "  compare " + condition + ways(out, again)
              : constant
                  + known
                  + "  compare "
                  + condition
                  + ways(out, "b2()")
                  + "b2[]:\n"
                  + body
                  + "  jump "
                  + again
                  + "\n";
      return "function f arity 2\nb0[v0, v1]:\n  w2 = w_const ["
          + start
          + "]\n  w3 = w_const ["
          + limit
          + "]\n  w5 = w_const [1]\n  jump b1("
          + begin
          + ", w5)\nb1[v10, v11]:\n"
          + loop
          + "b3[v20]:\n"
          + (atEnd && use == 0 ? "  w21 = w_add v20, v11\n  return w21\n" : "  return v20\n");
    }

    private String ways(String out, String stay) {
      return leavesIfTrue ? " ? " + out + " : " + stay + "\n" : " ? " + stay + " : " + out + "\n";
    }
  }
}
