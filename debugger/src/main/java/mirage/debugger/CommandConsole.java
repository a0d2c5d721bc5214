// SPDX-License-Identifier: Apache-2.0
package mirage.debugger;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The console of a program that runs between commands: it prints among what they print, and reads what is typed, or a file. */
final class CommandConsole implements ProgramConsole {
  private final PrintStream out;
  private Optional<ByteBuffer> file = Optional.empty();
  private Prompt.Running running;
  private boolean pending;
  private boolean open;

  CommandConsole(PrintStream out) {
    this.out = out;
  }

  /**
   * The program is about to begin, and reads from a file or else what is typed.
   *
   * @param argument of {@code run}: {@code < FILE} or nothing
   */
  void redirect(String argument) throws Refusal {
    if (argument.isEmpty()) {
      file = Optional.empty();
      return;
    }
    String name = argument.startsWith("<") ? argument.substring(1).strip() : "";
    if (name.isEmpty()) {
      throw new Refusal("run, or run < FILE; boot arguments follow -- on the tool's command line");
    }
    try {
      file = Optional.of(ByteBuffer.wrap(Files.readAllBytes(Path.of(name))));
    } catch (NoSuchFileException | InvalidPathException e) {
      throw new Refusal("no file '" + name + "' for the program's input");
    } catch (IOException e) {
      throw new Refusal("cannot read '" + name + "': " + e.getMessage());
    }
  }

  void begin(Prompt.Running now) {
    running = now;
  }

  /** The program does not run any more: what is printed next begins a line. */
  void end() {
    running = null;
    if (open) {
      out.println();
      open = false;
    }
    flush();
  }

  @Override
  public void write(int value) {
    out.write(value);
    pending = true;
    open = value != '\n';
  }

  @Override
  public void flush() {
    if (pending) {
      out.flush();
      pending = false;
    }
  }

  @Override
  public int read(int millis) {
    if (file.isPresent()) {
      ByteBuffer bytes = file.get();
      return bytes.hasRemaining() ? bytes.get() & 0xFF : END;
    }
    return running == null ? NONE : running.read(millis);
  }
}
