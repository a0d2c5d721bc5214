// SPDX-License-Identifier: Apache-2.0
package mirage.debugger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import mirage.formats.SourceLocation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a front end gets from a session. */
@Timeout(60)
class DebugSessionTest {
  private final TestProgram program = new TestProgram();

  private static String at(String text) {
    return "prog.ml:" + TestProgram.line(text);
  }

  private static SourceLocation place(DebugSession session) throws Refusal {
    return session.frames().get(0).place().orElseThrow();
  }

  private static List<String> functions(DebugSession session) throws Refusal {
    return session.frames().stream().map(Frame::function).toList();
  }

  @Test
  void breakpointsBehindTryAreReached() throws Refusal {
    DebugSession session = program.session("calls\n");
    for (String text : List.of("print_string \"zero\"", "raise (Stop x)", "let y = square x")) {
      Breakpoint set = session.addBreakpoint(at(text), "");
      Stop stop = session.started() ? session.proceed() : session.run();
      assertThat(stop.breakpoints()).as(text).containsExactly(set);
      assertThat(place(session).line()).isEqualTo(TestProgram.line(text));
    }
    session.breakpoints().forEach(session::delete);
    assertThat(session.proceed()).isEqualTo(Stop.ended(0));
    assertThat(program.output()).isEqualTo("zero0\n16\n6\n5\n");
  }

  @Test
  void handlersThatAreNotMeantAreNotReached() throws Refusal {
    DebugSession session = program.session("other\n");
    session.addBreakpoint(at("print_string \"zero\""), "");
    assertThat(session.run()).isEqualTo(Stop.ended(0));
    assertThat(program.output()).isEqualTo("2nth\n");
  }

  @Test
  void aLineIsEnteredOnce() throws Refusal {
    DebugSession session = program.session("calls\n");
    Breakpoint set = session.addBreakpoint(at("    try".substring(2)), "");
    assertThat(session.run().breakpoints()).containsExactly(set);
    assertThat(functions(session)).startsWith("Prog.safe_div");
    assertThat(session.proceed()).as("its handler is in the same line").isEqualTo(Stop.ended(0));
  }

  @Test
  void functionsStopWhereverTheirCodeIs() throws Refusal {
    DebugSession session = program.session("calls\n");
    session.addBreakpoint("square", "");
    session.addBreakpoint("Prog.add", "");
    List<String> callers = new ArrayList<>();
    for (Stop stop = session.run();
        stop.reason() == Stop.Reason.BREAKPOINT;
        stop = session.proceed()) {
      callers.add(String.join(" < ", functions(session).subList(0, 2)));
    }
    assertThat(callers)
        .containsExactly(
            "Prog.square < Prog.find",
            "Prog.add < Prog.sum",
            "Prog.add < Prog.sum",
            "Prog.add < Prog.calls",
            "Prog.square < Prog.calls",
            "Prog.add < Prog.calls");
  }

  @Test
  void nextStaysInItsFunction() throws Refusal {
    DebugSession session = program.session("calls\n");
    session.addBreakpoint("calls", "");
    session.run();
    int first = TestProgram.line("print_int (safe_div");
    List<Integer> lines = new ArrayList<>();
    while (session.frames().get(0).function().equals("Prog.calls")) {
      lines.add(place(session).line());
      session.next();
    }
    assertThat(lines).startsWith(first).isSorted().contains(first + 2, first + 4, first + 6);
    assertThat(session.frames().get(0).function()).isIn("Prog", "Std_exit");
  }

  @Test
  void nextPassesTailCalls() throws Refusal {
    DebugSession session = program.session("calls\n");
    Breakpoint set = session.addBreakpoint(at("let s = sum rest"), "");
    session.run();
    session.delete(set);
    assertThat(session.next().reason()).isEqualTo(Stop.Reason.STEP);
    assertThat(functions(session).get(0)).isEqualTo("Prog.calls");
  }

  @Test
  void stepEntersInlinedCallsAndFinishLeavesThem() throws Refusal {
    DebugSession session = program.session("calls\n");
    session.addBreakpoint(at("let y = square x"), "");
    session.run();
    assertThat(functions(session)).startsWith("Prog.find");
    assertThat(session.step().reason()).isEqualTo(Stop.Reason.STEP);
    assertThat(functions(session)).startsWith("Prog.square", "Prog.find", "Prog.calls");
    assertThat(session.frames().get(0).inlined()).isTrue();
    Stop left = session.finish();
    assertThat(left.reason()).isEqualTo(Stop.Reason.RETURNED);
    assertThat(functions(session).get(0)).isIn("Prog.find", "Prog.calls");
  }

  @Test
  void argumentsAndResultsAreValues() throws Refusal {
    DebugSession session = program.session("calls\n");
    session.addBreakpoint("safe_div", "");
    session.run();
    assertThat(session.entering()).isTrue();
    assertThat(session.arguments(session.frames().get(0)))
        .containsExactly(new Variable("a", "10"), new Variable("b", "0"));
    Stop stop = session.finish();
    assertThat(stop.result()).contains("0");
    session.addBreakpoint(at("let s = sum rest"), "");
    session.proceed();
    assertThatThrownBy(() -> session.arguments(session.frames().get(0)))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("where a function begins");
  }

  @Test
  void linesWithoutCodeAreSaidToBeSo() throws Refusal {
    DebugSession session = program.session("");
    int line = TestProgram.line("with Stop x");
    Breakpoint set = session.addBreakpoint("prog.ml:" + line, "");
    assertThat(set.where())
        .isEqualTo("prog.ml:%d, in Prog.find (no code at line %d)".formatted(line + 1, line));
    assertThatThrownBy(() -> session.addBreakpoint("prog.ml:999", ""))
        .hasMessageContaining("no code at line 999");
    assertThatThrownBy(() -> session.addBreakpoint("Prog.squaer", ""))
        .hasMessage("no function 'Prog.squaer'; similar: Prog.square");
  }

  @Test
  void aRunningProgramCanBeInterrupted() throws Exception {
    DebugSession session = program.session("forever\n");
    for (int i = 0; i < 2; i++) {
      boolean again = i > 0;
      CompletableFuture<Stop> run =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return again ? session.proceed() : session.run();
                } catch (Refusal e) {
                  throw new IllegalStateException(e);
                }
              });
      while (!run.isDone()) {
        Thread.sleep(20);
        if (program.output().contains("begins\n")) {
          session.interrupt();
        }
      }
      assertThat(run.get(20, TimeUnit.SECONDS)).isEqualTo(Stop.of(Stop.Reason.INTERRUPTED));
      assertThat(functions(session)).startsWith("Prog.forever");
    }
  }

  @Test
  void theProgramReadsItsConsole() throws Refusal {
    DebugSession session = program.session("hello\n");
    assertThat(session.run()).isEqualTo(Stop.ended(0));
    assertThat(program.output()).isEqualTo("hello\n");
    assertThat(session.run()).as("no more").isEqualTo(Stop.ended(2));
    assertThat(program.output()).contains("End_of_file");
  }

  @Test
  void theEndOfInputStays() throws Refusal {
    DebugSession session = program.session("stubborn\n");
    assertThat(session.run()).isEqualTo(Stop.ended(2));
    assertThat(program.output()).contains("End_of_file");
  }

  @Test
  void aFaultIsShownWhereItHappened() throws Refusal {
    DebugSession session = program.session("fault\n");
    Stop stop = session.run();
    assertThat(stop.reason()).isEqualTo(Stop.Reason.FAULT);
    assertThat(program.output()).contains("fatal: ").contains(" at pc 0x");
    assertThat(functions(session))
        .startsWith("Prog.poke", "Prog.work", "Prog.work", "Prog.work", "Prog");
    assertThat(place(session).line())
        .isBetween(TestProgram.line("let poke"), TestProgram.line("let poke") + 1);
    assertThatThrownBy(session::proceed)
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("cannot go on");
    assertThat(session.run()).as("without input").isEqualTo(Stop.ended(2));
  }
}
