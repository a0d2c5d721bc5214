// SPDX-License-Identifier: Apache-2.0
package mirage.debugger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.LineDisciplineTerminal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands as they are typed. */
@Timeout(60)
class TerminalPromptTest {
  private static final String CTRL_D = "\004";
  private static final String UP = "\033OA";

  @TempDir Path folder;
  private LineDisciplineTerminal terminal;

  @BeforeEach
  void open() throws IOException {
    terminal =
        new LineDisciplineTerminal(
            "test", "xterm", new ByteArrayOutputStream(), StandardCharsets.UTF_8);
    terminal.setSize(new Size(80, 25));
  }

  private TerminalPrompt prompt(String input) {
    InputStream typed = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
    return new TerminalPrompt(terminal, typed, folder.resolve("history"));
  }

  private void type(String keys) throws IOException {
    terminal.processInputBytes(keys.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void linesAreEditedAndCompleted() throws IOException {
    TerminalPrompt prompt = prompt("");
    prompt.complete(new Completion(new TestProgram().session("")));
    type("bre\tProg.saf\t\n");
    assertThat(prompt.command().orElseThrow().strip()).isEqualTo("break Prog.safe_div");
    type("list safe\t\n");
    assertThat(prompt.command().orElseThrow().strip()).isEqualTo("list safe_div");
    type("lisp\b" + "t 1\n");
    assertThat(prompt.command()).contains("list 1");
  }

  @Test
  void completionKnowsWhatFits() throws Refusal {
    DebugSession session = new TestProgram().session("calls\n");
    Completion completion = new Completion(session);
    assertThat(completion.complete(List.of(), "b")).containsExactly("backtrace", "break");
    assertThat(completion.complete(List.of("b"), "prog.")).containsExactly("prog.ml:");
    assertThat(completion.complete(List.of("delete"), "")).isEmpty();
    assertThat(completion.complete(List.of("print"), "")).isEmpty();
    session.addBreakpoint("safe_div", "");
    session.run();
    assertThat(completion.complete(List.of("delete"), "")).containsExactly("1");
    assertThat(completion.complete(List.of("print"), "")).containsExactly("a", "b");
  }

  @Test
  void commandsAreKept() throws IOException {
    TerminalPrompt first = prompt("");
    type("run < in!put\n" + UP + "\n");
    assertThat(first.command()).contains("run < in!put");
    assertThat(first.command()).contains("run < in!put");
    first.close();
    open();
    TerminalPrompt second = prompt("");
    type(UP + "\n");
    assertThat(second.command()).contains("run < in!put");
  }

  @Test
  void ctrlCGivesUpTheLineAndCtrlDEnds() throws Exception {
    TerminalPrompt prompt = prompt("");
    CompletableFuture<String> command =
        CompletableFuture.supplyAsync(() -> prompt.command().orElseThrow());
    // Signals reach whoever reads then.
    Thread.sleep(300);
    type("wrong");
    Thread.sleep(300);
    terminal.raise(Terminal.Signal.INT);
    Thread.sleep(300);
    type("right\n");
    assertThat(command.get(20, TimeUnit.SECONDS)).isEqualTo("right");
    type(CTRL_D);
    assertThat(prompt.command()).isEmpty();
  }

  @Test
  void ctrlCAndInputGoToARunningProgram() {
    TerminalPrompt prompt = prompt("é\n");
    AtomicInteger interrupts = new AtomicInteger();
    try (Prompt.Running running = prompt.running(interrupts::incrementAndGet)) {
      assertThat(running.read(0)).isEqualTo(0xC3);
      assertThat(running.read(0)).isEqualTo(0xA9);
      assertThat(running.read(100)).isEqualTo('\n');
      assertThat(running.read(30)).isEqualTo(ProgramConsole.NONE);
      terminal.raise(Terminal.Signal.INT);
      assertThat(interrupts).hasValue(1);
    }
    terminal.raise(Terminal.Signal.INT);
    assertThat(interrupts).hasValue(1);
  }

  @Test
  void aSessionAtTheTerminal() throws Exception {
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8);
    TestProgram program = new TestProgram();
    CommandLine line = new CommandLine(program::session, prompt("forever\n"), out);
    CompletableFuture<Void> session =
        CompletableFuture.runAsync(
            () -> {
              try {
                line.obey();
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    type("run\n");
    await(shown, "begins");
    terminal.raise(Terminal.Signal.INT);
    await(shown, "Interrupted, ");
    type("backtrace\nquit\n");
    session.get(20, TimeUnit.SECONDS);
    assertThat(shown.toString(StandardCharsets.UTF_8))
        .contains("Interrupted, Prog.forever at prog.ml:")
        .contains("#0  Prog.forever at prog.ml:");
  }

  private static void await(ByteArrayOutputStream shown, String text) throws InterruptedException {
    while (!shown.toString(StandardCharsets.UTF_8).contains(text)) {
      Thread.sleep(20);
    }
  }
}
