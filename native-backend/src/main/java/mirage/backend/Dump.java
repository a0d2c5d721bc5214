// SPDX-License-Identifier: Apache-2.0
package mirage.backend;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import mirage.backend.ir.Function;
import mirage.backend.ir.Print;
import mirage.backend.ir.Program;

/** Prints functions as one step of the compilation left them. */
public final class Dump implements Observer {
  private static final int NAMES_SHOWN = 12;

  private final String step;
  private final int run;
  private final Optional<String> function;
  private final Consumer<String> out;
  private boolean printed;
  private final TreeSet<String> others = new TreeSet<>();

  /**
   * @param where the step's name, as {@code inline}, which means its last run; or with the number of the run, as
   *     {@code inline:1}
   * @param function the only function to print: its name with or without the module's and the number behind it
   * @param out gets the text of one function at a time
   * @throws IllegalArgumentException for a step that is none, naming those there are
   */
  public Dump(String where, Optional<String> function, Consumer<String> out) {
    int colon = where.indexOf(':');
    this.step = colon < 0 ? where : where.substring(0, colon);
    this.function = function;
    this.out = out;
    int runs = Collections.frequency(Compiler.steps(), step);
    if (runs == 0) {
      throw new IllegalArgumentException(
          "no pass '%s'; there are %s"
              .formatted(step, String.join(", ", Compiler.steps().stream().distinct().toList())));
    }
    String number = colon < 0 ? String.valueOf(runs) : where.substring(colon + 1);
    if (!number.matches("[1-9]\\d?") || Integer.parseInt(number) > runs) {
      throw new IllegalArgumentException(
          "run %s of pass '%s'; its runs are 1 to %d".formatted(number, step, runs));
    }
    this.run = Integer.parseInt(number);
  }

  @Override
  public void done(Step done, Program program) {
    if (!done.name().equals(step) || done.run() != run) {
      return;
    }
    for (Function candidate : program.functions()) {
      if (wanted(candidate.name())) {
        printed = true;
        out.accept(Print.of(candidate));
      } else {
        others.add(candidate.name());
      }
    }
  }

  private boolean wanted(String name) {
    if (function.isEmpty()) {
      return true;
    }
    String text = function.get();
    String plain = name.replaceFirst("_\\d+$", "");
    return List.of(name, plain).stream().anyMatch(n -> n.equals(text) || n.endsWith("." + text));
  }

  /** What to tell the user when the function was not there: it may never have been, or be inlined by then. */
  public Optional<String> problem() {
    if (printed || function.isEmpty()) {
      return Optional.empty();
    }
    List<String> names = List.copyOf(others);
    return Optional.of(
        "no function '%s' after pass '%s' (it may be inlined or unused by then); there are %s%s"
            .formatted(
                function.get(),
                step,
                String.join(", ", names.subList(0, Math.min(NAMES_SHOWN, names.size()))),
                names.size() > NAMES_SHOWN
                    ? " and " + (names.size() - NAMES_SHOWN) + " more"
                    : ""));
  }
}
