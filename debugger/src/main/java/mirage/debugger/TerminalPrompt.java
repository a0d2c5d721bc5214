// SPDX-License-Identifier: Apache-2.0
package mirage.debugger;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/**
 * Commands from a terminal, with line editing, history and completion. While the program runs, what is typed is its input,
 * and ctrl-C stops it.
 */
public final class TerminalPrompt implements Prompt, AutoCloseable {
  /** How often it is looked for input while the program computes. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private static final int RETRIES = 3;

  private final Terminal terminal;
  private final InputStream typed;
  private final LineReader reader;
  private Completer completer = (before, word) -> List.of();

  /**
   * At the terminal of this process.
   *
   * @param history file that keeps the commands from session to session
   */
  public static TerminalPrompt open(Path history) throws IOException {
    InputStream typed = new FileInputStream(FileDescriptor.in);
    return new TerminalPrompt(TerminalBuilder.builder().system(true).build(), typed, history);
  }

  /**
   * @param terminal closed with this
   * @param typed what is typed while no command is read; its {@code available} is exact
   * @param history file that keeps the commands from session to session
   */
  TerminalPrompt(Terminal terminal, InputStream typed, Path history) {
    this.terminal = terminal;
    this.typed = typed;
    DefaultParser parser = new DefaultParser();
    parser.setEscapeChars(new char[0]);
    parser.setQuoteChars(new char[0]);
    reader =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .parser(parser)
            .completer((r, line, candidates) -> complete(line, candidates))
            .variable(LineReader.HISTORY_FILE, history)
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .option(LineReader.Option.HISTORY_TIMESTAMPED, false)
            .option(LineReader.Option.BRACKETED_PASTE, false)
            .build();
  }

  /** What the tabulator key completes. */
  void complete(Completer with) {
    completer = with;
  }

  private void complete(ParsedLine line, List<Candidate> candidates) {
    List<String> before = line.words().subList(0, line.wordIndex());
    String word = line.word().substring(0, line.wordCursor());
    completer.complete(before, word).forEach(text -> candidates.add(new Candidate(text)));
  }

  @Override
  public Optional<String> command() {
    int failures = 0;
    while (true) {
      try {
        return Optional.of(reader.readLine(TEXT));
      } catch (UserInterruptException e) {
        // As in a shell: the line is given up.
      } catch (IOError e) {
        // Where the terminal is set by a program, ctrl-C can reach that instead of us.
        if (++failures > RETRIES) {
          throw e;
        }
      } catch (EndOfFileException e) {
        return Optional.empty();
      }
    }
  }

  @Override
  public Running running(Runnable interrupt) {
    Terminal.SignalHandler before = terminal.handle(Terminal.Signal.INT, signal -> interrupt.run());
    return new Running() {
      private long looked;

      @Override
      public int read(int millis) {
        long now = System.nanoTime();
        if (millis == 0 && now - looked < LOOK_NANOS) {
          return ProgramConsole.NONE;
        }
        try {
          // A line that is being edited is none yet: the terminal says how much is ready, and is
          // not asked for more.
          for (long end = now + TimeUnit.MILLISECONDS.toNanos(millis); typed.available() == 0; ) {
            if (System.nanoTime() >= end) {
              looked = now;
              return ProgramConsole.NONE;
            }
            TimeUnit.NANOSECONDS.sleep(LOOK_NANOS);
          }
          return typed.read();
        } catch (IOException e) {
          return ProgramConsole.END;
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return ProgramConsole.END;
        }
      }

      @Override
      public void close() {
        terminal.handle(Terminal.Signal.INT, before);
      }
    };
  }

  @Override
  public void close() throws IOException {
    reader.getHistory().save();
    terminal.close();
  }
}
