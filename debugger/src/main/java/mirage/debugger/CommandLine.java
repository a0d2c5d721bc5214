// SPDX-License-Identifier: Apache-2.0
package mirage.debugger;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import mirage.formats.SourceLocation;

/** A session as text: reads commands, one a line, and tells what came of them. */
public final class CommandLine {
  private static final int LISTED = 10;

  private final Prompt prompt;
  private final PrintStream out;
  private final CommandConsole console;
  private final DebugSession session;
  private String last = "";
  private String listedFile = "";
  private int listedLine = 1;

  /** A command that may stop the program. */
  @FunctionalInterface
  private interface Going {
    Stop go() throws Refusal;
  }

  /**
   * @param open makes the session, whose program has the prompt's input and writes where the commands do
   * @param out what the user sees
   */
  public CommandLine(Function<ProgramConsole, DebugSession> open, Prompt prompt, PrintStream out) {
    this.prompt = prompt;
    this.out = out;
    this.console = new CommandConsole(out);
    this.session = open.apply(console);
    if (prompt instanceof TerminalPrompt terminal) {
      terminal.complete(new Completion(session));
    }
  }

  /** Obeys until there are no more commands, or one says {@code quit}. */
  public void obey() throws IOException {
    boolean goOn = true;
    while (goOn) {
      out.flush();
      Optional<String> line = prompt.command();
      goOn = line.isPresent() && obey(line.get().strip());
    }
    out.flush();
  }

  private boolean obey(String line) {
    String full = line.isEmpty() ? last : line;
    last = full;
    String[] words = full.split("\\s+", 2);
    String rest = words.length > 1 ? words[1] : "";
    Optional<Word> word = Word.of(words[0].toLowerCase(Locale.ROOT));
    if (full.isEmpty()) {
      return true;
    }
    if (word.isEmpty()) {
      out.println("no command '" + words[0] + "'; there are " + Word.names());
      return true;
    }
    try {
      command(word.get(), rest);
    } catch (Refusal e) {
      out.println(e.getMessage());
    }
    return word.get() != Word.QUIT;
  }

  private void command(Word word, String rest) throws Refusal {
    switch (word) {
      case BREAK -> addBreakpoint(rest);
      case DELETE -> delete(rest);
      case INFO -> info(rest);
      case RUN -> {
        console.redirect(rest);
        go(session::run);
      }
      case CONTINUE -> go(session::proceed);
      case STEP -> go(session::step);
      case NEXT -> go(session::next);
      case FINISH -> go(session::finish);
      case BACKTRACE -> backtrace();
      case ARGS -> arguments();
      case PRINT -> print(rest);
      case LIST -> list(rest);
      case HELP -> out.println(Word.help(rest));
      case QUIT -> {}
    }
  }

  // Breakpoints.

  private void addBreakpoint(String where) throws Refusal {
    if (where.isEmpty()) {
      throw new Refusal("break where? FILE:LINE or a function, as Unikernel.Main.start");
    }
    String file = here().map(SourceLocation::file).orElse(listedFile);
    out.println("Breakpoint " + session.addBreakpoint(where, file));
  }

  private void delete(String number) throws Refusal {
    List<Breakpoint> gone =
        session.breakpoints().stream()
            .filter(b -> number.isEmpty() || number.equals(Integer.toString(b.number())))
            .toList();
    if (gone.isEmpty()) {
      throw new Refusal("no breakpoint " + number + "; 'info breakpoints' lists them");
    }
    gone.forEach(session::delete);
  }

  private void info(String what) throws Refusal {
    switch (what) {
      case "breakpoints", "break", "b" -> {
        if (session.breakpoints().isEmpty()) {
          out.println("No breakpoints.");
        }
        session.breakpoints().forEach(out::println);
      }
      case "args" -> arguments();
      default -> throw new Refusal("info breakpoints, or info args");
    }
  }

  // Running.

  private void go(Going command) throws Refusal {
    Stop stop;
    try (Prompt.Running running = prompt.running(session::interrupt)) {
      console.begin(running);
      stop = command.go();
    } finally {
      console.end();
    }
    tell(stop);
  }

  private void tell(Stop stop) throws Refusal {
    switch (stop.reason()) {
      case ENDED -> out.println("The program ended with status " + stop.status() + ".");
      case WAITS_FOR_EVER ->
          out.println(
              session.wantsInput()
                  ? "The program waits for input on its console, and there is none: 'run < FILE' gives it some."
                  : "The program waits for what will not come.");
      case FAULT -> {
        out.println(
            "The program cannot go on" + (stop.report().isEmpty() ? "." : ": " + stop.report()));
        where("Fault in ");
      }
      case INTERRUPTED -> where("Interrupted, ");
      case BREAKPOINT -> where(numbers(stop.breakpoints()));
      case STEP -> where("");
      case RETURNED -> {
        where("");
        stop.result().ifPresent(value -> out.println("Result: " + value));
      }
    }
  }

  private static String numbers(List<Breakpoint> reached) {
    String numbers =
        reached.stream()
            .map(b -> Integer.toString(b.number()))
            .collect(Collectors.joining(" and "));
    return (reached.size() == 1 ? "Breakpoint " : "Breakpoints ") + numbers + ", ";
  }

  /** Says where the program is. C code has no place: who has called it is shown too. */
  private void where(String prefix) throws Refusal {
    List<Frame> frames = session.frames();
    Frame top = frames.get(0);
    String text = prefix + top.function();
    if (session.entering()) {
      text +=
          session.arguments(top).stream()
              .map(Variable::toString)
              .collect(Collectors.joining(", ", " (", ")"));
    }
    Optional<Frame> placed = frames.stream().filter(f -> f.place().isPresent()).findFirst();
    if (placed.isPresent() && placed.get() != top) {
      text += ", called by " + placed.get().function();
    }
    Optional<SourceLocation> place = placed.flatMap(Frame::place);
    out.println(text + place.map(p -> " at " + p.shown()).orElse(""));
    place.ifPresent(
        at -> {
          show(at.file(), at.line());
          turnTo(at);
        });
  }

  private void turnTo(SourceLocation place) {
    listedFile = place.file();
    listedLine = Math.max(1, place.line() - LISTED / 2);
  }

  private Optional<SourceLocation> here() {
    try {
      return session.frames().stream().flatMap(f -> f.place().stream()).findFirst();
    } catch (Refusal e) {
      return Optional.empty();
    }
  }

  // Looking.

  private void arguments() throws Refusal {
    List<Variable> known = session.arguments(session.frames().get(0));
    out.println(known.isEmpty() ? "No arguments." : lines(known, "\n"));
  }

  private void print(String name) throws Refusal {
    List<Variable> known = session.arguments(session.frames().get(0));
    Optional<Variable> wanted = known.stream().filter(v -> v.name().equals(name)).findFirst();
    if (wanted.isEmpty()) {
      throw new Refusal("no argument '%s'; there are: %s".formatted(name, lines(known, ", ")));
    }
    out.println(wanted.get());
  }

  private static String lines(List<Variable> variables, String between) {
    return variables.stream().map(Variable::toString).collect(Collectors.joining(between));
  }

  private void backtrace() throws Refusal {
    int number = 0;
    for (Frame frame : session.frames()) {
      String at = frame.place().map(p -> " at " + p.shown()).orElse("");
      out.println("#%-2d %s%s".formatted(number++, frame.function(), at));
    }
  }

  private void list(String where) throws Refusal {
    if (!where.isEmpty()) {
      turnTo(session.locate(where, listedFile));
    }
    List<String> lines = session.source(listedFile);
    if (lines.isEmpty()) {
      throw new Refusal(
          listedFile.isEmpty()
              ? "list what? FILE:LINE or a function"
              : listedFile + " is not here");
    }
    int end = Math.min(lines.size(), listedLine + LISTED - 1);
    for (int line = listedLine; line <= end; line++) {
      show(listedFile, line);
    }
    listedLine = Math.min(end + 1, lines.size());
  }

  private void show(String file, int line) {
    List<String> lines = session.source(file);
    if (line >= 1 && line <= lines.size()) {
      out.println("%-5d %s".formatted(line, lines.get(line - 1)).stripTrailing());
    }
  }
}
