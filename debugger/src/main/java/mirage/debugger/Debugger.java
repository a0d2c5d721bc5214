// SPDX-License-Identifier: Apache-2.0
package mirage.debugger;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import mirage.emulator.Esp32;
import mirage.emulator.Outcome;
import mirage.formats.DebugInfo;
import mirage.formats.Elf32;
import mirage.formats.SourceLocation;

/** Reads commands, one a line, and does them. */
public final class Debugger {
  private static final String PROMPT = "(mirage) ";
  private static final int LISTED = 10;

  private final Program program;
  private final Sources sources;
  private final Supplier<Esp32> machine;
  private final PrintStream out;
  private final Places places;
  private final Map<Integer, Breakpoint> breakpoints = new TreeMap<>();
  private final Map<Integer, List<String>> entered = new HashMap<>();
  private int lastNumber;
  private Chip chip;
  private Execution execution;
  private boolean running;
  private String last = "";
  private String listedFile = "";
  private int listedLine = 1;

  /**
   * @param name of the executable, for messages
   * @param elf the executable
   * @param folders where sources are looked for
   * @param machine makes a machine on which the program is about to start
   * @param out what the user sees
   */
  public Debugger(
      String name, Elf32 elf, List<Path> folders, Supplier<Esp32> machine, PrintStream out) {
    this.program = new Program(name, elf);
    this.sources = new Sources(folders);
    this.machine = machine;
    this.out = out;
    this.places = new Places(program);
    start();
  }

  private void start() {
    chip = new Chip(machine.get());
    execution = new Execution(program, chip);
    running = false;
    entered.clear();
    breakpoints.values().forEach(b -> b.addresses().forEach(a -> execution.breakpoint(a, true)));
  }

  /**
   * Obeys until the input ends or says {@code quit}.
   *
   * @param echo whether commands are repeated, for input that nobody sees
   */
  public void obey(InputStream in, boolean echo) throws IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    boolean goOn = true;
    while (goOn) {
      out.print(PROMPT);
      out.flush();
      String line = lines.readLine();
      if (echo || line == null) {
        out.println(line == null ? "" : line);
      }
      goOn = line != null && obey(line.strip());
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
    } catch (Places.Unknown e) {
      out.println(e.getMessage());
    }
    return word.get() != Word.QUIT;
  }

  private void command(Word word, String rest) throws Places.Unknown {
    switch (word) {
      case BREAK -> addBreakpoint(rest);
      case DELETE -> delete(rest);
      case INFO -> info(rest);
      case RUN -> {
        if (running) {
          start();
        }
        go(() -> execution.proceed());
      }
      case CONTINUE -> {
        entered.clear();
        goOn(() -> execution.proceed());
      }
      case STEP -> goOn(() -> execution.step(false));
      case NEXT -> goOn(() -> execution.step(true));
      case FINISH -> finish();
      case BACKTRACE -> backtrace();
      case ARGS -> arguments();
      case PRINT -> print(rest);
      case LIST -> list(rest);
      case HELP -> out.println(Word.help(rest));
      case QUIT -> {}
    }
  }

  // Breakpoints.

  private void addBreakpoint(String where) throws Places.Unknown {
    if (where.isEmpty()) {
      throw new Places.Unknown("break where? FILE:LINE or a function, as Unikernel.Main.start");
    }
    Places.Place place = places.find(where, here().map(SourceLocation::file).orElse(listedFile));
    Breakpoint made = new Breakpoint(++lastNumber, place);
    breakpoints.put(made.number(), made);
    made.addresses().forEach(address -> execution.breakpoint(address, true));
    out.println("Breakpoint " + made);
  }

  private void delete(String number) throws Places.Unknown {
    List<Breakpoint> gone =
        breakpoints.values().stream()
            .filter(b -> number.isEmpty() || number.equals(Integer.toString(b.number())))
            .toList();
    if (gone.isEmpty()) {
      throw new Places.Unknown("no breakpoint " + number + "; 'info breakpoints' lists them");
    }
    for (Breakpoint b : gone) {
      breakpoints.remove(b.number());
      b.addresses().forEach(address -> execution.breakpoint(address, false));
    }
    breakpoints.values().forEach(b -> b.addresses().forEach(a -> execution.breakpoint(a, true)));
  }

  private void info(String what) throws Places.Unknown {
    switch (what) {
      case "breakpoints", "break", "b" -> {
        if (breakpoints.isEmpty()) {
          out.println("No breakpoints.");
        }
        breakpoints.values().forEach(out::println);
      }
      case "args" -> arguments();
      default -> throw new Places.Unknown("info breakpoints, or info args");
    }
  }

  // Running.

  private void goOn(Supplier<Optional<Outcome>> how) throws Places.Unknown {
    needRunning();
    go(how);
  }

  private void needRunning() throws Places.Unknown {
    if (!running) {
      throw new Places.Unknown("the program is not running: 'run' starts it");
    }
  }

  private void go(Supplier<Optional<Outcome>> how) {
    running = true;
    Optional<Outcome> end = how.get();
    out.flush();
    if (end.isPresent()) {
      over(end.get());
    } else {
      stopped();
    }
  }

  private void over(Outcome outcome) {
    running = false;
    switch (outcome.kind()) {
      case HALTED -> out.println("The program ended with status " + outcome.status() + ".");
      case DEADLOCK -> out.println("The program waits for what will not come.");
      case STOPPED, TIMEOUT, FAULT, RESET, BREAKPOINT ->
          out.println("The program cannot go on: " + outcome.report());
    }
    start();
  }

  private void finish() throws Places.Unknown {
    needRunning();
    boolean[] returned = new boolean[1];
    go(() -> execution.finish(() -> returned[0] = true));
    if (running && returned[0]) {
      out.println("Result: " + new Values(program, chip).show(chip.register(2)));
    }
  }

  /** Says where the program is. */
  private void stopped() {
    int pc = chip.pc();
    remember(pc);
    Optional<Breakpoint> reached = reached(pc);
    String breakpoint = reached.map(b -> "Breakpoint " + b.number() + ", ").orElse("");
    Optional<SourceLocation> place =
        reached.flatMap(b -> program.origin(pc).stream().filter(b.place().meant()).findFirst());
    if (place.isEmpty()) {
      place = here();
    }
    if (place.isEmpty()) {
      out.println(breakpoint + program.name(pc));
      return;
    }
    SourceLocation at = place.get();
    String parameters =
        atStart(pc) && own(pc, at) ? " (" + String.join(", ", entered.get(chip.sp())) + ")" : "";
    out.println(
        breakpoint + Program.plain(at.definition()) + parameters + " at " + Places.show(at));
    show(at.file(), at.line());
    listedFile = at.file();
    listedLine = Math.max(1, at.line() - LISTED / 2);
  }

  private Optional<Breakpoint> reached(int pc) {
    return breakpoints.values().stream().filter(b -> b.addresses().contains(pc)).findFirst();
  }

  private void show(String file, int line) {
    sources
        .line(file, line)
        .ifPresent(text -> out.println("%-5d %s".formatted(line, text).stripTrailing()));
  }

  private Optional<SourceLocation> here() {
    return running ? program.origin(chip.pc()).stream().findFirst() : Optional.empty();
  }

  // Values.

  /** Whether a place is in the function the code belongs to, not in one that was put into it. */
  private boolean own(int pc, SourceLocation place) {
    return program.function(pc).filter(f -> f.definition().equals(place.definition())).isPresent();
  }

  private boolean atStart(int pc) {
    return program.function(pc).filter(f -> program.start(f) == pc).isPresent();
  }

  /**
   * Arguments are in registers where a function begins; while the program is stepped from there on, they are
   * remembered until the function returns.
   */
  private void remember(int pc) {
    List<Stack.Frame> frames = new Stack(program, chip).frames();
    if (!frames.isEmpty()) {
      int sp = frames.get(0).callerSp();
      entered.keySet().removeIf(other -> Integer.compareUnsigned(other, sp) < 0);
    }
    Optional<DebugInfo.Function> function = program.function(pc).filter(f -> atStart(pc));
    if (function.isPresent()) {
      entered.put(chip.sp(), new Arguments(program, chip).of(function.get()));
    }
  }

  private void arguments() throws Places.Unknown {
    List<String> values = known();
    out.println(values.isEmpty() ? "No arguments." : String.join("\n", values));
  }

  private List<String> known() throws Places.Unknown {
    needRunning();
    Optional<SourceLocation> at = here();
    if (at.isPresent() && !own(chip.pc(), at.get())) {
      throw new Places.Unknown(
          Program.plain(at.get().definition())
              + " was put into its caller here: its arguments have no places of their own");
    }
    List<Stack.Frame> frames = new Stack(program, chip).frames();
    List<String> values =
        frames.isEmpty() || !program.ocaml(chip.pc())
            ? null
            : entered.get(frames.get(0).callerSp());
    if (values == null) {
      throw new Places.Unknown(
          "arguments are known where a function begins: stop there with 'break FUNCTION'");
    }
    return values;
  }

  private void print(String name) throws Places.Unknown {
    List<String> values = known();
    for (String value : values) {
      if (value.startsWith(name + " = ")) {
        out.println(value);
        return;
      }
    }
    throw new Places.Unknown(
        "no argument '%s'; there are: %s".formatted(name, String.join(", ", values)));
  }

  private void backtrace() throws Places.Unknown {
    needRunning();
    int number = 0;
    for (Stack.Entry entry : new Stack(program, chip).entries()) {
      String at = entry.place().map(p -> " at " + Places.show(p)).orElse("");
      out.println("#%-2d %s%s".formatted(number++, entry.name(), at));
    }
  }

  private void list(String where) throws Places.Unknown {
    if (!where.isEmpty()) {
      Places.Place place = places.find(where, listedFile);
      SourceLocation at =
          program.origin(place.addresses().get(0)).stream()
              .findFirst()
              .orElseThrow(() -> new Places.Unknown("no source is known for " + where));
      listedFile = at.file();
      listedLine = Math.max(1, at.line() - LISTED / 2);
    }
    List<String> lines = sources.lines(listedFile);
    if (lines.isEmpty()) {
      throw new Places.Unknown(
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
}
