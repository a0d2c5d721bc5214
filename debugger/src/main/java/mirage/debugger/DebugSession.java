// SPDX-License-Identifier: Apache-2.0
package mirage.debugger;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import mirage.emulator.Esp32;
import mirage.emulator.Host;
import mirage.emulator.Outcome;
import mirage.formats.Elf32;
import mirage.formats.SourceLocation;
import mirage.tools.MirageException;

/**
 * A program under a debugger: what a front end asks for, answered with records. It says nothing to anybody by itself; only
 * {@link #interrupt} may be called on another thread than the rest.
 */
public final class DebugSession {
  /** Where the C code tells of exceptions that the program cannot survive. */
  private static final String FAULTS = "fault_report";

  private final Executable program;
  private final Sources sources;
  private final Boot boot;
  private final ProgramConsole console;
  private final BreakpointPlaces places;
  private final Map<Integer, Breakpoint> breakpoints = new TreeMap<>();
  private final OptionalInt faults;
  private int lastNumber;
  private ConsoleLink link;
  private Machine machine;
  private Execution execution;
  private Arguments arguments;
  private State state = State.READY;

  /** Depth of the view of the innermost function, see {@link Views}. */
  private int depth;

  private enum State {
    /** The program has not begun, or it has ended. */
    READY,
    STOPPED,
    /** It can be looked at, but does not go on. */
    FAULTED
  }

  /** Makes machines. */
  @FunctionalInterface
  public interface Boot {
    /**
     * A machine on which the program is about to start.
     *
     * @param console gets what the program sends
     */
    Esp32 machine(IntConsumer console, Host host);
  }

  /**
   * @param name of the executable, for messages
   * @param elf the executable
   * @param folders where sources are looked for
   * @throws MirageException if it is no compiled program, or nothing is known of its source
   */
  public DebugSession(
      String name, Elf32 elf, List<Path> folders, Boot boot, ProgramConsole console) {
    this.program = new Executable(name, elf);
    this.sources = new Sources(folders);
    this.boot = boot;
    this.console = console;
    this.places = new BreakpointPlaces(program);
    this.faults = program.find(FAULTS);
    start();
  }

  private void start() {
    link = new ConsoleLink(console);
    Esp32 chip = boot.machine(console::write, link);
    chip.connect(link);
    machine = new Machine(chip);
    execution = new Execution(program, machine);
    arguments = new Arguments(program, machine);
    state = State.READY;
    depth = 0;
    faults.ifPresent(address -> execution.breakpoint(address, true));
    breakpoints.values().forEach(b -> b.addresses().forEach(a -> execution.breakpoint(a, true)));
  }

  // Breakpoints.

  /**
   * Sets a breakpoint.
   *
   * @param where {@code FILE:LINE}, {@code LINE} or a function, which may lack its first modules
   * @param file that a line without one is in; may be empty
   * @throws Refusal if there is no such place, with a message that says what there is
   */
  public Breakpoint addBreakpoint(String where, String file) throws Refusal {
    BreakpointPlaces.Place place = places.find(where, file);
    Breakpoint made = new Breakpoint(++lastNumber, place.where(), place.addresses(), place.meant());
    breakpoints.put(made.number(), made);
    made.addresses().forEach(address -> execution.breakpoint(address, true));
    return made;
  }

  /** Removes a breakpoint. */
  public void delete(Breakpoint breakpoint) {
    breakpoints.remove(breakpoint.number());
    breakpoint.addresses().forEach(address -> execution.breakpoint(address, false));
    breakpoints.values().forEach(b -> b.addresses().forEach(a -> execution.breakpoint(a, true)));
  }

  /** All breakpoints, by their numbers. */
  public List<Breakpoint> breakpoints() {
    return List.copyOf(breakpoints.values());
  }

  // Running.

  /** Whether there is a program to look at: one that has begun and not ended. */
  public boolean started() {
    return state != State.READY;
  }

  /** Starts the program, again if it has begun. */
  public Stop run() {
    if (state != State.READY) {
      start();
    }
    return go(() -> execution.proceed(), Stop.Reason.STEP);
  }

  /**
   * Goes on to a breakpoint or the end.
   *
   * @throws Refusal if there is no program to go on, as the next three
   */
  public Stop proceed() throws Refusal {
    needGoing();
    arguments.forget();
    return go(() -> execution.proceed(), Stop.Reason.STEP);
  }

  /** Goes on to the next line, into functions. */
  public Stop step() throws Refusal {
    needGoing();
    return go(() -> execution.step(false, view()), Stop.Reason.STEP);
  }

  /** Goes on to the next line, over calls. */
  public Stop next() throws Refusal {
    needGoing();
    return go(() -> execution.step(true, view()), Stop.Reason.STEP);
  }

  /** Goes on until the innermost function has returned. */
  public Stop finish() throws Refusal {
    needGoing();
    boolean inlined = frames().get(0).inlined();
    Stop stop = go(() -> execution.finish(view()), Stop.Reason.RETURNED);
    return stop.reason() == Stop.Reason.RETURNED && !inlined
        ? Stop.returned(Optional.of(new Values(program, machine).show(machine.register(2))))
        : stop;
  }

  /** Stops the program soon; on any thread. Without effect while it does not run. */
  public void interrupt() {
    machine.interrupt();
  }

  private void needStarted() throws Refusal {
    if (state == State.READY) {
      throw new Refusal("the program is not running: 'run' starts it");
    }
  }

  private void needGoing() throws Refusal {
    needStarted();
    if (state == State.FAULTED) {
      throw new Refusal("the program cannot go on; 'run' starts it again");
    }
  }

  private int view() {
    int size = program.origin(machine.pc()).size();
    return depth == 0 ? size : Math.min(depth, size);
  }

  private Stop go(Supplier<Execution.Arrival> how, Stop.Reason reason) {
    machine.resume();
    state = State.STOPPED;
    Execution.Arrival arrival = how.get();
    console.flush();
    depth = arrival.depth();
    Stop stop = arrival.end().isPresent() ? over(arrival.end().get()) : stopped(arrival, reason);
    if (state == State.STOPPED) {
      arguments.update(new Stack(program, machine).frames());
    }
    return stop;
  }

  private Stop stopped(Execution.Arrival arrival, Stop.Reason reason) {
    int pc = machine.pc();
    if (faults.isPresent() && pc == faults.getAsInt()) {
      return fault();
    }
    List<Breakpoint> reached =
        breakpoints.values().stream().filter(b -> b.addresses().contains(pc)).toList();
    if (arrival.reached() || reached.isEmpty()) {
      return Stop.of(reason);
    }
    List<SourceLocation> chain = program.origin(pc);
    depth =
        IntStream.rangeClosed(1, chain.size())
            .filter(d -> means(reached, Views.place(chain, d)))
            .findFirst()
            .orElse(0);
    return Stop.at(reached);
  }

  private static boolean means(List<Breakpoint> reached, SourceLocation place) {
    return reached.stream().anyMatch(b -> b.meant().test(place));
  }

  /** The program tells of the exception on its console and ends; it is shown where that happened. */
  private Stop fault() {
    machine.fault();
    machine.run();
    console.flush();
    state = State.FAULTED;
    depth = 0;
    return Stop.fault("");
  }

  private Stop over(Outcome outcome) {
    switch (outcome.kind()) {
      case HALTED -> {
        start();
        return Stop.ended(outcome.status());
      }
      case STOPPED -> {
        machine.resume();
        execution.settle();
        return Stop.of(Stop.Reason.INTERRUPTED);
      }
      case DEADLOCK -> {
        state = State.FAULTED;
        return Stop.of(Stop.Reason.WAITS_FOR_EVER);
      }
      default -> {
        state = State.FAULTED;
        return Stop.fault(outcome.report());
      }
    }
  }

  // Looking.

  /**
   * The calls that have not returned, innermost first; at most some thousand.
   *
   * @throws Refusal if there is no program to look at
   */
  public List<Frame> frames() throws Refusal {
    needStarted();
    return new Stack(program, machine).calls(depth);
  }

  /**
   * The arguments of a call, as they were when it began.
   *
   * @param frame one of {@link #frames}
   * @throws Refusal if they are not known
   */
  public List<Variable> arguments(Frame frame) throws Refusal {
    if (frame.inlined()) {
      throw new Refusal(
          frame.function()
              + " was put into its caller here: its arguments have no places of their own");
    }
    return arguments
        .of(frame.callerSp())
        .orElseThrow(
            () ->
                new Refusal(
                    "arguments are known where a function begins: stop there with 'break FUNCTION'"));
  }

  /** Whether the program has stopped at the beginning of its innermost function, which was put into no other. */
  public boolean entering() {
    int pc = machine.pc();
    List<SourceLocation> chain = program.origin(pc);
    return state == State.STOPPED
        && view() == 1
        && program.owns(pc, Views.place(chain, 1))
        && program.function(pc).filter(f -> program.start(f) == pc).isPresent();
  }

  /** Whether the program waits for input that its console does not give. */
  public boolean wantsInput() {
    return link.awaited();
  }

  /**
   * Where a place is in the source.
   *
   * @param file that a line without one is in; may be empty
   */
  public SourceLocation locate(String where, String file) throws Refusal {
    BreakpointPlaces.Place place = places.find(where, file);
    Predicate<SourceLocation> meant = place.meant();
    List<SourceLocation> origin = program.origin(place.addresses().get(0));
    return origin.stream()
        .filter(meant)
        .findFirst()
        .or(() -> origin.stream().findFirst())
        .orElseThrow(() -> new Refusal("no source is known for " + where));
  }

  /** The lines of a source file; none if it is not found. */
  public List<String> source(String file) {
    return sources.lines(file);
  }

  /** What can be written for places: all functions and files with code. */
  public List<String> places() {
    List<String> names = new ArrayList<>(program.definitions().sorted().toList());
    names.addAll(program.files(""));
    return names;
  }
}
