// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.write;

import java.util.BitSet;
import mirage.backend.ir.Constant;
import mirage.backend.ir.Num;
import mirage.backend.ir.Symbol;
import mirage.backend.machine.target.ClosureLayout;
import mirage.backend.machine.target.Names;
import mirage.backend.machine.target.Registers;
import mirage.backend.machine.text.Assembly;
import mirage.backend.machine.text.FrameTable;
import mirage.formats.OcamlTags;
import mirage.xtensa.Opcode;

/**
 * Writes the functions that apply a closure to several arguments, and those that collect arguments one by one.
 * A partial application is a closure of one argument: code, information, the argument, the closure before.
 */
final class WriteStubs {
  private static final int FIRST = Registers.FIRST_ARGUMENT;
  private static final int SP = Registers.STACK_POINTER;
  private static final int SCRATCH = Registers.SCRATCH;
  private static final int SCRATCH2 = Registers.SCRATCH2;
  private static final int PARTIAL_WORDS = 4;

  private final Assembly out;
  private final FrameTable table;

  WriteStubs(Assembly out, FrameTable table) {
    this.out = out;
    this.table = table;
  }

  private void function(String name) {
    out.line(".align 4");
    out.line(".global %s", name);
    out.line(".type %s, @function", name);
    out.label(name);
  }

  private static Symbol extra(int position) {
    return new Symbol("caml_native_arguments", 4 * (position - Registers.ARGUMENTS));
  }

  /** Brings argument {@code position} to a register, if it is not in one. */
  private int fetch(int position, int register) {
    if (position < Registers.ARGUMENTS) {
      return FIRST + position;
    }
    out.move(register, extra(position));
    out.add(Opcode.L32I, register, register, 0);
    return register;
  }

  /** Applies a closure, which follows the arguments, to {@code count} of them. */
  void apply(int count) {
    function(Names.apply(count));
    String oneByOne = out.newLabel();
    int closure = fetch(count, SCRATCH2);
    out.add(Opcode.L32I, SCRATCH, closure, 4);
    out.add(Opcode.EXTUI, SCRATCH, SCRATCH, 24, 8);
    out.add(SCRATCH, SCRATCH, -count, SCRATCH2);
    out.add(Opcode.BNEZ, oneByOne, SCRATCH);
    out.add(Opcode.L32I, SCRATCH, closure, 8);
    out.add(Opcode.JX, SCRATCH);
    out.label(oneByOne);
    int bytes = (4 * count + 15) / 16 * 16;
    out.add(SP, SP, -bytes, SCRATCH);
    out.add(Opcode.S32I, 0, SP, bytes - 4);
    for (int i = 1; i < count; i++) {
      out.add(Opcode.S32I, fetch(i, SCRATCH), SP, 4 * (i - 1));
    }
    out.copy(3, closure);
    for (int i = 1; i < count; i++) {
      out.add(Opcode.L32I, SCRATCH, 3, 0);
      out.add(Opcode.CALLX0, SCRATCH);
      String here = out.newLabel();
      out.label(here);
      BitSet live = new BitSet();
      live.set(i - 1, count - 1);
      table.add(here, out.lines(), bytes, 0, live, -1);
      out.copy(3, 2);
      out.add(Opcode.L32I, 2, SP, 4 * (i - 1));
    }
    out.add(Opcode.L32I, 0, SP, bytes - 4);
    out.add(SP, SP, bytes, SCRATCH);
    out.add(Opcode.L32I, SCRATCH, 3, 0);
    out.add(Opcode.JX, SCRATCH);
  }

  /** The functions a closure of {@code arity} goes through when it is applied to one argument at a time. */
  void curry(int arity) {
    for (int have = 0; have < arity - 1; have++) {
      function(step(arity, have));
      partial(step(arity, have + 1));
    }
    function(step(arity, arity - 1));
    last(arity);
  }

  /**
   * The code of a closure that stands for one not made yet (dummy.c): goes on to that one, the third word. As a function of one
   * argument it serves any; further arguments are applied to what the first gives.
   */
  void forward() {
    function("caml_native_forward");
    out.add(Opcode.L32I, 3, 3, 8);
    out.add(Opcode.L32I, SCRATCH, 3, 0);
    out.add(Opcode.JX, SCRATCH);
  }

  private static String step(int arity, int have) {
    return Names.curry(arity) + (have == 0 ? "" : "_" + have);
  }

  /** Makes a closure of the argument in a2 and the closure in a3. */
  private void partial(String next) {
    String slow = out.newLabel();
    String back = out.newLabel();
    int bytes = 4 * (PARTIAL_WORDS + 1);
    out.add(Opcode.ADDI, SP, SP, -16);
    out.add(Opcode.S32I, 0, SP, 12);
    out.add(Opcode.ADDI, Registers.YOUNG_POINTER, Registers.YOUNG_POINTER, -bytes);
    out.add(Opcode.BLTU, slow, Registers.YOUNG_POINTER, Registers.YOUNG_LIMIT);
    out.label(back);
    Constant[] words = {
      new Num(PARTIAL_WORDS << 10 | OcamlTags.CLOSURE),
      new Symbol(next),
      new Num(ClosureLayout.info(1, 2))
    };
    for (int i = 0; i < words.length; i++) {
      out.move(SCRATCH, words[i]);
      out.add(Opcode.S32I, SCRATCH, Registers.YOUNG_POINTER, 4 * i);
    }
    out.add(Opcode.S32I, 2, Registers.YOUNG_POINTER, 12);
    out.add(Opcode.S32I, 3, Registers.YOUNG_POINTER, 16);
    out.add(Opcode.ADDI, 2, Registers.YOUNG_POINTER, 4);
    out.add(Opcode.L32I, 0, SP, 12);
    out.add(Opcode.ADDI, SP, SP, 16);
    out.add(Opcode.RET);
    out.label(slow);
    out.move(SCRATCH, bytes);
    out.add(Opcode.CALL0, "caml_native_call_gc");
    String here = out.newLabel();
    out.label(here);
    table.add(here, out.lines(), 16, 1 << 2 | 1 << 3, new BitSet(), -1);
    out.add(Opcode.J, back);
  }

  /** The last argument is in a2, the chain of closures with the others in a3. */
  private void last(int arity) {
    out.copy(SCRATCH, 3);
    place(arity - 1, 2);
    for (int i = arity - 2; i >= 0; i--) {
      int register = i < Registers.ARGUMENTS ? FIRST + i : SCRATCH2;
      if (i == 0) {
        register = FIRST;
      }
      out.add(Opcode.L32I, register, SCRATCH, 8);
      place(i, register);
      out.add(Opcode.L32I, SCRATCH, SCRATCH, 12);
    }
    if (arity < Registers.ARGUMENTS) {
      out.copy(FIRST + arity, SCRATCH);
    } else {
      place(arity, SCRATCH);
    }
    out.add(Opcode.L32I, SCRATCH, SCRATCH, 8);
    out.add(Opcode.JX, SCRATCH);
  }

  /** Puts a register's value where argument {@code position} belongs; those behind a9 come before it. */
  private void place(int position, int from) {
    if (position >= Registers.ARGUMENTS) {
      int address = from == SCRATCH2 ? FIRST + Registers.ARGUMENTS - 1 : SCRATCH2;
      out.move(address, extra(position));
      out.add(Opcode.S32I, from, address, 0);
    } else if (FIRST + position != from) {
      out.copy(FIRST + position, from);
    }
  }
}
