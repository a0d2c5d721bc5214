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

  private final Program program;
  private final Chip chip;

  /**
   * A call.
   *
   * @param pc where it is now, or where it goes on
   * @param callerSp the stack pointer once it has returned
   * @param returnAddress where it returns to
   */
  record Frame(int pc, int callerSp, int returnAddress) {}

  /**
   * A line of a backtrace.
   *
   * @param name the function
   * @param place in the source; nothing if it is not known
   */
  record Entry(String name, Optional<SourceLocation> place) {}

  Stack(Program program, Chip chip) {
    this.program = program;
    this.chip = chip;
  }

  /** The frames, as machine code has them. */
  List<Frame> frames() {
    List<Frame> frames = new ArrayList<>();
    int pc = chip.pc();
    int sp = chip.sp();
    if (program.ocaml(pc)) {
      Frame frame = top(pc, sp);
      frames.add(frame);
      pc = frame.returnAddress();
      sp = frame.callerSp();
    } else {
      int link = program.symbol("caml_native_stack");
      sp = chip.word(link).orElse(0);
      pc = chip.word(link + 4).orElse(0);
    }
    while (sp != 0 && frames.size() < MOST) {
      if (pc == program.symbol("caml_native_callback_return")) {
        pc = chip.word(sp + LINK + 4).orElse(0);
        sp = chip.word(sp + LINK).orElse(0);
        continue;
      }
      Optional<Frame> frame = program.ocaml(pc) ? caller(pc, sp) : Optional.empty();
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
  private Frame top(int pc, int sp) {
    return program.framed(pc)
        ? caller(pc, sp).orElseThrow()
        : new Frame(pc, sp, chip.returnAddress());
  }

  private Optional<Frame> caller(int pc, int sp) {
    // Behind the call: the row of the call is the one before.
    int bytes = program.function(pc - 1).map(DebugInfo.Function::frameBytes).orElse(0);
    return chip.word(sp + bytes - 4)
        .filter(address -> bytes > 0)
        .map(a -> new Frame(pc, sp + bytes, a));
  }

  /** The backtrace, inlined calls among the others. */
  List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    boolean first = program.ocaml(chip.pc());
    for (Frame frame : frames()) {
      int pc = first ? frame.pc() : frame.pc() - 1;
      first = false;
      List<SourceLocation> origin = program.origin(pc);
      if (origin.isEmpty()) {
        entries.add(new Entry(program.name(pc), Optional.empty()));
      }
      for (SourceLocation place : origin) {
        entries.add(new Entry(Program.plain(place.definition()), Optional.of(place)));
      }
    }
    return entries;
  }
}
