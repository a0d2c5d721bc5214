// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.write;

import mirage.backend.ir.Symbol;
import mirage.backend.machine.register.Frame;
import mirage.backend.machine.target.Immediates;
import mirage.backend.machine.target.Location;
import mirage.backend.machine.target.Registers;
import mirage.backend.machine.text.Assembly;
import mirage.xtensa.Opcode;

/** Sets and removes the traps of a function, and begins its handlers. */
final class WriteTraps {
  private static final int SP = Registers.STACK_POINTER;
  private static final int SCRATCH = Registers.SCRATCH;
  private static final int SCRATCH2 = Registers.SCRATCH2;
  private static final Symbol INNERMOST = new Symbol("caml_native_exception_pointer");

  private final Assembly out;
  private final Frame frame;

  WriteTraps(Assembly out, Frame frame) {
    this.out = out;
    this.frame = frame;
  }

  /** Sets a trap; {@code depth} others are set. */
  void push(String handler, int depth) {
    int record = frame.trap(depth);
    out.address(SCRATCH, handler);
    out.access(Opcode.S32I, SCRATCH, SP, record, SCRATCH2);
    out.move(SCRATCH, INNERMOST);
    out.add(Opcode.L32I, SCRATCH2, SCRATCH, 0);
    out.access(Opcode.S32I, SCRATCH2, SP, record + 4, SCRATCH);
    if (record + 4 > Immediates.WORD_REACH) {
      out.move(SCRATCH, INNERMOST);
    }
    out.add(SCRATCH2, SP, record, SCRATCH2);
    out.add(Opcode.S32I, SCRATCH2, SCRATCH, 0);
  }

  /** Removes the innermost trap; {@code depth} others stay. */
  void pop(int depth) {
    out.move(SCRATCH, INNERMOST);
    out.access(Opcode.L32I, SCRATCH2, SP, frame.trap(depth) + 4, SCRATCH2);
    out.add(Opcode.S32I, SCRATCH2, SCRATCH, 0);
  }

  /** Begins a handler: a raise leaves the trap record's address in the stack pointer, and the exception in a2. */
  void land(Location exception, int depth) {
    out.add(SP, SP, -frame.trap(depth), SCRATCH);
    Moves moves = new Moves(out, frame);
    if (exception != null) {
      moves.add(exception, new Location.Register(Registers.FIRST_ARGUMENT));
    }
    moves.write();
  }
}
