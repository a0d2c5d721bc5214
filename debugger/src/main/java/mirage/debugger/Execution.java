// SPDX-License-Identifier: Apache-2.0
package mirage.debugger;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import mirage.emulator.Outcome;
import mirage.formats.SourceLocation;

/** Lets a program run and stops it again. */
final class Execution {
  private static final String EXCEPTION_POINTER = "caml_native_exception_pointer";

  private final Program program;
  private final Chip chip;
  private final Stack stack;
  private final Set<Integer> breakpoints = new HashSet<>();

  Execution(Program program, Chip chip) {
    this.program = program;
    this.chip = chip;
    this.stack = new Stack(program, chip);
  }

  void breakpoint(int address, boolean wanted) {
    if (wanted) {
      breakpoints.add(address);
    } else {
      breakpoints.remove(address);
    }
    chip.breakpoint(address, wanted);
  }

  boolean isBreakpoint(int address) {
    return breakpoints.contains(address);
  }

  /** Goes on to a breakpoint or the end; answers how the run ended if it did. */
  Optional<Outcome> proceed() {
    return ended(chip.run());
  }

  private static Optional<Outcome> ended(Outcome outcome) {
    return Optional.of(outcome).filter(o -> o.kind() != Outcome.Kind.BREAKPOINT);
  }

  /**
   * To where the innermost function's caller goes on.
   *
   * @param returned is run when the function has returned
   */
  Optional<Outcome> finish(Runnable returned) {
    List<Stack.Frame> frames = stack.frames();
    if (frames.isEmpty() || !program.ocaml(frames.get(0).returnAddress())) {
      return proceed();
    }
    Stack.Frame top = frames.get(0);
    Optional<Outcome> end = until(top.returnAddress(), top.callerSp());
    if (chip.pc() == top.returnAddress() && chip.sp() == top.callerSp()) {
      returned.run();
    }
    return end;
  }

  /** Runs until a call has returned, to its caller or with an exception to a handler, or a breakpoint. */
  private Optional<Outcome> until(int returnAddress, int sp) {
    List<Integer> ends = new ArrayList<>(List.of(returnAddress));
    chip.word(program.symbol(EXCEPTION_POINTER)).flatMap(chip::word).ifPresent(ends::add);
    ends.forEach(address -> chip.breakpoint(address, true));
    Optional<Outcome> end = Optional.empty();
    boolean arrived = false;
    while (end.isEmpty() && !arrived) {
      end = proceed();
      boolean returned = chip.pc() == returnAddress && chip.sp() == sp;
      boolean caught =
          ends.size() > 1
              && chip.pc() == ends.get(1)
              && Integer.compareUnsigned(chip.sp(), sp) >= 0;
      arrived = returned || caught || isBreakpoint(chip.pc());
    }
    ends.forEach(address -> chip.breakpoint(address, isBreakpoint(address)));
    return end;
  }

  /**
   * To the next line.
   *
   * @param over what is called is run as a whole
   */
  Optional<Outcome> step(boolean over) {
    int startPc = chip.pc();
    if (!program.ocaml(startPc)) {
      return proceed();
    }
    List<SourceLocation> start = program.origin(startPc);
    int frame = callerSp();
    int caller = stack.frames().get(0).returnAddress();
    Optional<Outcome> end = Optional.empty();
    while (end.isEmpty()) {
      end = ended(chip.step());
      int pc = chip.pc();
      if (end.isPresent() || isBreakpoint(pc)) {
        return end;
      }
      boolean entered = entered(pc);
      boolean call = entered && (chip.returnAddress() != caller || chip.sp() != frame);
      if (!program.ocaml(pc) || over && call) {
        if (!program.ocaml(chip.returnAddress()) && !program.ocaml(pc)) {
          return proceed();
        }
        end = until(chip.returnAddress(), chip.sp());
        pc = chip.pc();
        if (end.isPresent() || isBreakpoint(pc)) {
          return end;
        }
      }
      if (program.rowBegins(pc) && another(start, program.origin(pc), over, frame)) {
        return end;
      }
    }
    return end;
  }

  private boolean entered(int pc) {
    return program.function(pc).filter(function -> program.start(function) == pc).isPresent();
  }

  private int callerSp() {
    List<Stack.Frame> frames = stack.frames();
    return frames.isEmpty() ? 0 : frames.get(0).callerSp();
  }

  /** Whether the line is another than where a step began; calls that were inlined count as calls. */
  private boolean another(
      List<SourceLocation> start, List<SourceLocation> now, boolean over, int frame) {
    if (now.isEmpty()) {
      return false;
    }
    if (start.isEmpty() || callerSp() != frame) {
      return true;
    }
    if (over && now.size() > start.size()) {
      return !sameLine(start.get(0), now.get(now.size() - start.size()));
    }
    return now.size() != start.size() || !sameLine(start.get(0), now.get(0));
  }

  private static boolean sameLine(SourceLocation a, SourceLocation b) {
    return a.line() == b.line() && a.file().equals(b.file());
  }
}
