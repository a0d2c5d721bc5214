// SPDX-License-Identifier: Apache-2.0
package mirage.debugger;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Where commands come from, and while the program runs its input. */
public interface Prompt {
  /** What the user sees when a command is expected. */
  String TEXT = "(mirage) ";

  /** What can be written instead of the last word of a line. */
  @FunctionalInterface
  interface Completer {
    /**
     * All that begins with a word.
     *
     * @param before the words before it
     * @param word as far as it is written
     */
    List<String> complete(List<String> before, String word);
  }

  /** The next command; nothing when there are no more. */
  Optional<String> command() throws IOException;

  /** The program runs from now on until the answer is closed; whoever wants it to stop has {@code interrupt} run. */
  Running running(Runnable interrupt);

  /** A run of the program. */
  interface Running extends AutoCloseable {
    /** The next byte for the program, as {@link ProgramConsole#read}. */
    int read(int millis);

    @Override
    void close();
  }

  /**
   * Commands from a stream, one a line. They are repeated in the output, because nobody sees them; the program gets none
   * of the stream.
   */
  static Prompt of(InputStream in, PrintStream out) {
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    return new Prompt() {
      @Override
      public Optional<String> command() throws IOException {
        out.print(TEXT);
        String line = lines.readLine();
        out.println(line == null ? "" : line);
        return Optional.ofNullable(line);
      }

      @Override
      public Running running(Runnable interrupt) {
        return new Running() {
          @Override
          public int read(int millis) {
            return ProgramConsole.END;
          }

          @Override
          public void close() {}
        };
      }
    };
  }
}
