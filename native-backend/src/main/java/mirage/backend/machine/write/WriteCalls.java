// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.write;

import java.util.BitSet;
import java.util.List;
import mirage.backend.ir.CCall;
import mirage.backend.ir.End;
import mirage.backend.ir.Instr;
import mirage.backend.ir.Op;
import mirage.backend.ir.Symbol;
import mirage.backend.ir.Var;
import mirage.backend.machine.register.Frame;
import mirage.backend.machine.target.Allocation;
import mirage.backend.machine.target.Location;
import mirage.backend.machine.target.Registers;
import mirage.backend.machine.text.Assembly;
import mirage.backend.machine.text.FrameTable;
import mirage.backend.machine.text.SourceLines;
import mirage.xtensa.Opcode;

/** Writes what goes from function to function: parameters, arguments, calls, raises, and jumps to functions. */
final class WriteCalls {
  private static final int SP = Registers.STACK_POINTER;
  private static final int SCRATCH = Registers.SCRATCH;
  private static final int SCRATCH2 = Registers.SCRATCH2;

  /** Behind one argument. */
  private static final int CLOSURE = Registers.FIRST_ARGUMENT + 1;

  private final Assembly out;
  private final Allocation allocation;
  private final Frame frame;
  private final FrameTable table;
  private final Roots roots;
  private final SourceLines lines;

  WriteCalls(
      Assembly out,
      Allocation allocation,
      Frame frame,
      FrameTable table,
      Roots roots,
      SourceLines lines) {
    this.out = out;
    this.allocation = allocation;
    this.frame = frame;
    this.table = table;
    this.roots = roots;
    this.lines = lines;
  }

  /** Brings a function's parameters from where its caller leaves them to their places. */
  void parameters(List<Var> params) {
    Moves moves = new Moves(out, frame);
    for (int i = 0; i < params.size() && i < Registers.ARGUMENTS; i++) {
      Location place = allocation.of(params.get(i));
      if (place != null) {
        moves.add(place, new Location.Register(Registers.FIRST_ARGUMENT + i));
      }
    }
    moves.write();
    for (int i = Registers.ARGUMENTS; i < params.size(); i++) {
      Location place = allocation.of(params.get(i));
      if (place != null) {
        out.move(SCRATCH, extraArgument(i));
        out.add(Opcode.L32I, SCRATCH, SCRATCH, 0);
        Moves one = new Moves(out, frame);
        one.add(place, new Location.Register(SCRATCH));
        one.write();
      }
    }
  }

  private static Symbol extraArgument(int index) {
    return new Symbol("caml_native_arguments", 4 * (index - Registers.ARGUMENTS));
  }

  private void callSymbol(Symbol symbol) {
    out.add(Opcode.CALL0, symbol.toString());
  }

  /**
   * @param high gets the second word of the result, or null
   * @param after variables that are needed behind the call
   */
  void call(Instr instr, Var high, BitSet after) {
    CCall c = instr.imm() instanceof CCall call ? call : null;
    if (c != null && c.vector()) {
      vector(instr);
    } else {
      arguments(List.of(instr.args()));
    }
    if (instr.op() == Op.W_CALL_REGISTER) {
      out.add(Opcode.L32I, SCRATCH, CLOSURE, 0);
      out.add(Opcode.CALLX0, SCRATCH);
    } else if (c == null) {
      callSymbol((Symbol) instr.imm());
    } else if (c.allocates()) {
      out.move(SCRATCH, new Symbol(c.name()));
      callSymbol(new Symbol("caml_native_c_call"));
    } else {
      callSymbol(new Symbol(c.name()));
    }
    if (c == null || c.allocates()) {
      String here = out.newLabel();
      out.label(here);
      if (instr.dest() != null) {
        after.clear(instr.dest().id());
      }
      table.add(here, out.lines(), frame.size(), 0, roots.words(after), instr.pc());
    }
    Moves moves = new Moves(out, frame);
    if (instr.dest() != null && allocation.of(instr.dest()) != null) {
      moves.add(allocation.of(instr.dest()), new Location.Register(Registers.FIRST_ARGUMENT));
    }
    if (high != null && allocation.of(high) != null) {
      moves.add(allocation.of(high), new Location.Register(Registers.FIRST_ARGUMENT + 1));
    }
    moves.write();
  }

  /** Brings arguments to a2-a9 and behind. */
  void arguments(List<Var> args) {
    for (int i = Registers.ARGUMENTS; i < args.size(); i++) {
      Moves one = new Moves(out, frame);
      one.add(new Location.Register(SCRATCH2), allocation.of(args.get(i)));
      one.write();
      out.move(SCRATCH, extraArgument(i));
      out.add(Opcode.S32I, SCRATCH2, SCRATCH, 0);
    }
    Moves moves = new Moves(out, frame);
    for (int i = 0; i < args.size() && i < Registers.ARGUMENTS; i++) {
      moves.add(new Location.Register(Registers.FIRST_ARGUMENT + i), allocation.of(args.get(i)));
    }
    moves.write();
  }

  /** A C function of many arguments takes them as an array, which lies at the bottom of the frame. */
  private void vector(Instr instr) {
    for (int i = 0; i < instr.args().length; i++) {
      Moves one = new Moves(out, frame);
      one.add(new Location.Register(SCRATCH), allocation.of(instr.arg(i)));
      one.write();
      out.add(Opcode.S32I, SCRATCH, SP, 4 * i);
    }
    out.copy(2, SP);
    out.move(3, instr.args().length);
  }

  /** The backtrace begins at the return address. */
  void raise(End.Raise raise) {
    lines.at(raise.pc());
    arguments(List.of(raise.exception()));
    callSymbol(new Symbol(raiser(raise.kind())));
    if (raise.kind() != End.RaiseKind.NOTRACE) {
      String here = out.newLabel();
      out.label(here);
      table.add(here, out.lines(), frame.size(), 0, new BitSet(), raise.pc());
    }
  }

  private static String raiser(End.RaiseKind kind) {
    return switch (kind) {
      case RAISE -> "caml_native_raise";
      case RERAISE -> "caml_native_reraise";
      case NOTRACE -> "caml_native_raise_notrace";
    };
  }

  /** The end of a call in tail position: the arguments are in place, the frame is gone. */
  void jump(End.TailJump tail) {
    if (tail.symbol() == null) {
      out.add(Opcode.L32I, SCRATCH, CLOSURE, 0);
      out.add(Opcode.JX, SCRATCH);
    } else {
      out.jumpFar(tail.symbol(), SCRATCH);
    }
  }
}
