// SPDX-License-Identifier: Apache-2.0
package mirage.debugger;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The commands; each may be shortened to its first letters. */
enum Word {
  BREAK("b", "break FILE:LINE|LINE|FUNCTION", "stop there"),
  RUN(
      "r",
      "run [< FILE]",
      "start the program, again if it is running; its console's input may be a file"),
  CONTINUE("c", "continue", "go on to a breakpoint or the end"),
  STEP("s", "step", "go on to the next line, into functions"),
  NEXT("n", "next", "go on to the next line, over calls"),
  FINISH("fin", "finish", "go on until the function returns; show its result"),
  BACKTRACE("bt", "backtrace", "show the calls that have not returned, innermost first"),
  ARGS("a", "args", "show the function's arguments"),
  PRINT("p", "print NAME", "show one argument"),
  LIST("l", "list [FILE:LINE|FUNCTION]", "show source lines"),
  INFO("i", "info breakpoints", "list breakpoints"),
  DELETE("d", "delete [NUMBER]", "remove a breakpoint, or all"),
  HELP("h", "help", "this list"),
  QUIT("q", "quit", "end");

  private final String letters;
  private final String usage;
  private final String purpose;

  Word(String letters, String usage, String purpose) {
    this.letters = letters;
    this.usage = usage;
    this.purpose = purpose;
  }

  /** The whole word. */
  String full() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The command of a word or its beginning. */
  static Optional<Word> of(String text) {
    List<Word> fitting =
        Arrays.stream(values())
            .filter(w -> w.letters.equals(text) || w.full().startsWith(text))
            .toList();
    Optional<Word> exact = fitting.stream().filter(w -> w.letters.equals(text)).findFirst();
    return exact.or(() -> fitting.size() == 1 ? Optional.of(fitting.get(0)) : Optional.empty());
  }

  static String names() {
    return Arrays.stream(values()).map(Word::full).collect(Collectors.joining(", "));
  }

  /** All commands, or those that begin with a text. */
  static String help(String text) {
    return Arrays.stream(values())
        .filter(w -> w.full().startsWith(text))
        .map(w -> "%-30s %s".formatted(w.usage, w.purpose))
        .collect(Collectors.joining("\n"));
  }
}
