// SPDX-License-Identifier: Apache-2.0
package mirage.tools;

import java.io.IOException;
import java.io.PrintStream;

/** How a command-line program ends. */
public final class Ending {
  private static final int FAILURE = 1;

  private Ending() {}

  /** What a program does. */
  @FunctionalInterface
  public interface Body {
    /** Answers the exit status. */
    int run() throws IOException, InterruptedException;
  }

  /**
   * Runs a program, then ends the process: with the status it answers; with a message and 1 if it fails, or if
   * what it printed could not be written.
   */
  public static void of(Body body) throws IOException, InterruptedException {
    System.exit(status(body, System.out, System.err));
  }

  static int status(Body body, PrintStream out, PrintStream err)
      throws IOException, InterruptedException {
    int status;
    try {
      status = body.run();
    } catch (MirageException e) {
      err.println(e.getMessage());
      status = FAILURE;
    }
    if (out.checkError()) {
      err.println("cannot write to standard output");
      return Math.max(status, FAILURE);
    }
    return status;
  }
}
