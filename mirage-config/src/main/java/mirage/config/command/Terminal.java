// SPDX-License-Identifier: Apache-2.0
package mirage.config.command;

import java.io.PrintStream;
import mirage.config.report.Reporter;

/** Where the command prints: results to standard output, all else to standard error. */
public final class Terminal implements Reporter {
  /** How much is printed beside results. */
  enum Verbosity {
    QUIET,
    ERROR,
    WARNING,
    INFO,
    DEBUG
  }

  /** Whether messages are coloured. */
  enum Color {
    AUTO,
    ALWAYS,
    NEVER
  }

  private static final String RED = "\033[31;1m";
  private static final String YELLOW = "\033[33;1m";
  private static final String PLAIN = "\033[0m";

  private final PrintStream out;
  private final PrintStream err;
  private Verbosity verbosity = Verbosity.WARNING;
  private boolean progress = true;
  private boolean colored;

  public Terminal(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  void set(Verbosity wanted, Color color, boolean quiet) {
    verbosity = quiet ? Verbosity.QUIET : wanted;
    progress = verbosity.compareTo(Verbosity.WARNING) >= 0;
    colored =
        switch (color) {
          case ALWAYS -> true;
          case NEVER -> false;
          case AUTO -> System.console() != null && System.getenv("NO_COLOR") == null;
        };
  }

  PrintStream out() {
    return out;
  }

  PrintStream err() {
    return err;
  }

  boolean verbose() {
    return verbosity.compareTo(Verbosity.INFO) >= 0;
  }

  void print(String text) {
    out.print(text);
    out.flush();
  }

  void error(String text) {
    err.println(paint(RED, "mirage: ") + text);
  }

  @Override
  public void step(String line) {
    if (progress) {
      err.println(line);
    }
  }

  @Override
  public void detail(String line) {
    if (verbose()) {
      err.println(line);
    }
  }

  @Override
  public void warning(String text) {
    if (verbosity.compareTo(Verbosity.WARNING) >= 0) {
      // The compiler's own begin with their place and say "Warning" themselves.
      err.println(text.startsWith("File ") ? text : paint(YELLOW, "warning: ") + text);
    }
  }

  private String paint(String color, String text) {
    return colored ? color + text + PLAIN : text;
  }
}
