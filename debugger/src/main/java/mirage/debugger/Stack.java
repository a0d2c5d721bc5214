// SPDX-License-Identifier: Apache-2.0
package mirage.debugger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mirage.formats.DebugInfo;
import mirage.formats.SourceLocation;

/** The calls of compiled code that have not returned, innermost first. */
final class Stack {
  /** More than any backtrace shows. */
  private static final int MOST = 1000;

  private static final int LINK = 16;

  private final Executable program;
  private final Machine machine;

  /**
   * A call.
   *
   * @param pc where it is now, or where it goes on
   * @param callerSp the stack pointer once it has returned
   * @param returnAddress where it returns to
   */
  record Call(int pc, int callerSp, int returnAddress) {}

  Stack(Executable program, Machine machine) {
    this.program = program;
    this.machine = machine;
  }

  /**
   * Where compiled code goes on when the C code that runs now returns to it.
   *
   * @param sp the stack pointer there
   */
  record Return(int pc, int sp) {}

  /** Of C code that compiled code has called; 0 for both if there is none. */
  Return fromC() {
    int link = program.symbol("caml_native_stack");
    return new Return(machine.word(link + 4).orElse(0), machine.word(link).orElse(0));
  }

  /** The frames, as machine code has them. */
  List<Call> frames() {
    List<Call> frames = new ArrayList<>();
    int pc = machine.pc();
    int sp = machine.sp();
    if (program.ocaml(pc)) {
      Call frame = top(pc, sp);
      frames.add(frame);
      pc = frame.returnAddress();
      sp = frame.callerSp();
    } else {
      Return back = fromC();
      sp = back.sp();
      pc = back.pc();
    }
    while (sp != 0 && frames.size() < MOST) {
      if (pc == program.symbol("caml_native_callback_return")) {
        pc = machine.word(sp + LINK + 4).orElse(0);
        sp = machine.word(sp + LINK).orElse(0);
        continue;
      }
      Optional<Call> frame = program.ocaml(pc) ? caller(pc, sp) : Optional.empty();
      if (frame.isEmpty()) {
        break;
      }
      frames.add(frame.get());
      pc = frame.get().returnAddress();
      sp = frame.get().callerSp();
    }
    return frames;
  }

  /** The function that is running may not have its frame yet, or any more. */
  private Call top(int pc, int sp) {
    return program.framed(pc)
        ? caller(pc, sp).orElseThrow()
        : new Call(pc, sp, machine.returnAddress());
  }

  private Optional<Call> caller(int pc, int sp) {
    // Behind the call: the row of the call is the one before.
    int bytes = program.function(pc - 1).map(DebugInfo.Function::frameBytes).orElse(0);
    return machine
        .word(sp + bytes - 4)
        .filter(address -> bytes > 0)
        .map(a -> new Call(pc, sp + bytes, a));
  }

  /**
   * The calls, those that were inlined among the others.
   *
   * @param depth of the view of the innermost function; 0 for all of it
   */
  List<Frame> calls(int depth) {
    List<Frame> calls = new ArrayList<>();
    boolean top = program.ocaml(machine.pc());
    if (!top) {
      int sp = machine.sp();
      calls.add(new Frame(program.name(machine.pc()), Optional.empty(), false, sp));
    }
    for (Call call : frames()) {
      List<SourceLocation> origin = program.origin(top ? call.pc() : call.pc() - 1);
      if (origin.isEmpty()) {
        String name = program.name(call.pc() - (top ? 0 : 1));
        calls.add(new Frame(name, Optional.empty(), false, call.callerSp()));
      }
      int levels = top && depth > 0 ? Math.min(depth, origin.size()) : origin.size();
      for (int level = levels; level > 0; level--) {
        SourceLocation place = Views.place(origin, level);
        String name = place.function();
        boolean inlined = level > 1 || !program.owns(call.pc() - (top ? 0 : 1), place);
        calls.add(new Frame(name, Optional.of(place), inlined, call.callerSp()));
      }
      top = false;
    }
    return calls;
  }
}
