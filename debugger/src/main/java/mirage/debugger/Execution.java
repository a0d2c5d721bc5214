// SPDX-License-Identifier: Apache-2.0
package mirage.debugger;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import mirage.emulator.Outcome;
import mirage.formats.DebugInfo;
import mirage.formats.SourceLocation;

/** Lets a program run and stops it again. */
final class Execution {
  private static final String EXCEPTION_POINTER = "caml_native_exception_pointer";

  /** An interrupted program is taken to where its frames are known, if that is not farther than this. */
  private static final int FAR = 20_000;

  private final Executable program;
  private final Machine machine;
  private final Stack stack;
  private final Set<Integer> breakpoints = new HashSet<>();

  /**
   * Where the program is now.
   *
   * @param end how the run has ended, if it has
   * @param depth of the view; 0 for the innermost call
   * @param reached whether it is where it was to go, not at a breakpoint on the way
   */
  record Arrival(Optional<Outcome> end, int depth, boolean reached) {
    static Arrival at(int depth) {
      return new Arrival(Optional.empty(), depth, true);
    }

    static Arrival early(Optional<Outcome> end) {
      return new Arrival(end, 0, false);
    }
  }

  Execution(Executable program, Machine machine) {
    this.program = program;
    this.machine = machine;
    this.stack = new Stack(program, machine);
  }

  void breakpoint(int address, boolean wanted) {
    if (wanted) {
      breakpoints.add(address);
    } else {
      breakpoints.remove(address);
    }
    machine.breakpoint(address, wanted);
  }

  /** Goes on to a breakpoint or the end. */
  Arrival proceed() {
    return Arrival.early(run());
  }

  private Optional<Outcome> run() {
    return ended(machine.run());
  }

  private static Optional<Outcome> ended(Outcome outcome) {
    return Optional.of(outcome).filter(o -> o.kind() != Outcome.Kind.BREAKPOINT);
  }

  /**
   * To where the caller of a function goes on.
   *
   * @param depth of the view: which function
   */
  Arrival finish(int depth) {
    if (!program.ocaml(machine.pc())) {
      return leaveC();
    }
    if (depth > 1) {
      return walk(true, depth, false);
    }
    List<Stack.Call> frames = stack.frames();
    if (frames.isEmpty() || !program.ocaml(frames.get(0).returnAddress())) {
      return proceed();
    }
    Stack.Call top = frames.get(0);
    Optional<Outcome> end = until(top.returnAddress(), top.callerSp());
    boolean returned =
        end.isEmpty() && machine.pc() == top.returnAddress() && machine.sp() == top.callerSp();
    return new Arrival(
        end, returned ? returned(top.returnAddress(), program.origin(machine.pc())) : 0, returned);
  }

  /** From C code to where it was called. */
  private Arrival leaveC() {
    Stack.Return back = stack.fromC();
    if (!program.ocaml(back.pc())) {
      return proceed();
    }
    Optional<Outcome> end = until(back.pc(), back.sp());
    return end.isPresent() || breakpoints.contains(machine.pc())
        ? Arrival.early(end)
        : Arrival.at(returned(back.pc(), program.origin(machine.pc())));
  }

  /** Runs until a call has returned, to its caller or with an exception to a handler, or a breakpoint. */
  private Optional<Outcome> until(int returnAddress, int sp) {
    List<Integer> ends = new ArrayList<>(List.of(returnAddress));
    machine.word(program.symbol(EXCEPTION_POINTER)).flatMap(machine::word).ifPresent(ends::add);
    ends.forEach(address -> machine.breakpoint(address, true));
    Optional<Outcome> end = Optional.empty();
    boolean arrived = false;
    while (end.isEmpty() && !arrived) {
      end = run();
      boolean returned = machine.pc() == returnAddress && machine.sp() == sp;
      boolean caught =
          ends.size() > 1
              && machine.pc() == ends.get(1)
              && Integer.compareUnsigned(machine.sp(), sp) >= 0;
      arrived = returned || caught || breakpoints.contains(machine.pc());
    }
    ends.forEach(address -> machine.breakpoint(address, breakpoints.contains(address)));
    return end;
  }

  /**
   * To the next line.
   *
   * @param over what is called is run as a whole
   * @param depth of the view
   */
  Arrival step(boolean over, int depth) {
    if (!program.ocaml(machine.pc())) {
      return leaveC();
    }
    return !over && depth < program.origin(machine.pc()).size()
        ? Arrival.at(depth + 1)
        : walk(over, depth, true);
  }

  /**
   * Instruction by instruction to where the view changes.
   *
   * @param lines whether another line of the same function is a change
   */
  private Arrival walk(boolean over, int depth, boolean lines) {
    List<SourceLocation> from = program.origin(machine.pc());
    int frame = callerSp();
    int caller = stack.frames().get(0).returnAddress();
    Optional<DebugInfo.Function> function = program.function(machine.pc());
    while (true) {
      Optional<Outcome> end = ended(machine.step());
      int pc = machine.pc();
      if (end.isPresent() || breakpoints.contains(pc)) {
        return Arrival.early(end);
      }
      boolean turn =
          machine.returnAddress() == caller
              && machine.sp() == frame
              && program.function(pc).equals(function);
      boolean call = starts(pc) && !turn;
      if (!program.ocaml(pc) || over && call) {
        if (!program.ocaml(machine.returnAddress()) && !program.ocaml(pc)) {
          return proceed();
        }
        end = until(machine.returnAddress(), machine.sp());
        pc = machine.pc();
        if (end.isPresent() || breakpoints.contains(pc)) {
          return Arrival.early(end);
        }
      }
      List<SourceLocation> now = program.origin(pc);
      if (!program.rowBegins(pc) || now.isEmpty()) {
        continue;
      }
      if (callerSp() != frame) {
        boolean deeper = Integer.compareUnsigned(callerSp(), frame) < 0;
        return Arrival.at(deeper ? 1 : returned(caller, now));
      }
      int kept = from.isEmpty() ? 0 : Views.kept(from, depth, now);
      if (kept < depth || from.isEmpty()) {
        return Arrival.at(kept);
      }
      SourceLocation before = Views.place(from, depth);
      SourceLocation here = Views.place(now, depth);
      boolean tailCall = !before.definition().equals(here.definition());
      if (tailCall ? !over : lines && !Views.sameLine(before, here)) {
        return Arrival.at(depth);
      }
      if (!over && now.size() > depth) {
        return Arrival.at(depth + 1);
      }
    }
  }

  /** Depth of the view of a place behind a call, or in another function that has caught an exception. */
  private int returned(int returnAddress, List<SourceLocation> now) {
    List<SourceLocation> call = program.origin(returnAddress - 1);
    return call.isEmpty() ? 0 : Views.kept(call, call.size(), now);
  }

  /** Takes a program that was interrupted anywhere to where its frames are known. */
  void settle() {
    for (int i = 0; i < FAR && !settled() && !machine.waits(); i++) {
      if (ended(machine.step()).isPresent()) {
        return;
      }
    }
  }

  private boolean settled() {
    int pc = machine.pc();
    return program.ocaml(pc) && program.rowBegins(pc) && !program.origin(pc).isEmpty();
  }

  private boolean starts(int pc) {
    return program.function(pc).filter(function -> program.start(function) == pc).isPresent();
  }

  private int callerSp() {
    List<Stack.Call> frames = stack.frames();
    return frames.isEmpty() ? 0 : frames.get(0).callerSp();
  }
}
