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

/**
 * Writes the functions that apply a closure to several arguments, and those that collect arguments one by one.
 * A partial application is a closure of one argument: code, information, the argument, the closure before.
 */
final class WriteStubs {
  private static final int FIRST = Registers.FIRST_ARGUMENT;
  private static final int SP = Registers.STACK_POINTER;
  private static final int SCRATCH = Registers.SCRATCH;
  private static final int SCRATCH2 = Registers.SCRATCH2;
  private static final int CLOSURE_TAG = 247;
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
    out.line("l32i a%d, a%d, 0", register, register);
    return register;
  }

  /** Applies a closure, which follows the arguments, to {@code count} of them. */
  void apply(int count) {
    function(Names.apply(count));
    String oneByOne = out.newLabel();
    int closure = fetch(count, SCRATCH2);
    out.line("l32i a%d, a%d, 4", SCRATCH, closure);
    out.line("extui a%d, a%d, 24, 8", SCRATCH, SCRATCH);
    out.line("addi a%d, a%d, %d", SCRATCH, SCRATCH, -count);
    out.line("bnez a%d, %s", SCRATCH, oneByOne);
    out.line("l32i a%d, a%d, 8", SCRATCH, closure);
    out.line("jx a%d", SCRATCH);
    out.label(oneByOne);
    int bytes = (4 * count + 15) / 16 * 16;
    out.line("addi a%d, a%d, %d", SP, SP, -bytes);
    out.line("s32i a0, a%d, %d", SP, bytes - 4);
    for (int i = 1; i < count; i++) {
      out.line("s32i a%d, a%d, %d", fetch(i, SCRATCH), SP, 4 * (i - 1));
    }
    out.line("mov a3, a%d", closure);
    for (int i = 1; i < count; i++) {
      out.line("l32i a%d, a3, 0", SCRATCH);
      out.line("callx0 a%d", SCRATCH);
      String here = out.newLabel();
      out.label(here);
      BitSet live = new BitSet();
      live.set(i - 1, count - 1);
      table.add(here, out.lines(), bytes, 0, live, -1);
      out.line("mov a3, a2");
      out.line("l32i a2, a%d, %d", SP, 4 * (i - 1));
    }
    out.line("l32i a0, a%d, %d", SP, bytes - 4);
    out.line("addi a%d, a%d, %d", SP, SP, bytes);
    out.line("l32i a%d, a3, 0", SCRATCH);
    out.line("jx a%d", SCRATCH);
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
    out.line("l32i a3, a3, 8");
    out.line("l32i a%d, a3, 0", SCRATCH);
    out.line("jx a%d", SCRATCH);
  }

  private static String step(int arity, int have) {
    return Names.curry(arity) + (have == 0 ? "" : "_" + have);
  }

  /** Makes a closure of the argument in a2 and the closure in a3. */
  private void partial(String next) {
    String slow = out.newLabel();
    String back = out.newLabel();
    int bytes = 4 * (PARTIAL_WORDS + 1);
    out.line("addi a%d, a%d, -16", SP, SP);
    out.line("s32i a0, a%d, 12", SP);
    out.line("addi a%d, a%d, %d", Registers.YOUNG_POINTER, Registers.YOUNG_POINTER, -bytes);
    out.line("bltu a%d, a%d, %s", Registers.YOUNG_POINTER, Registers.YOUNG_LIMIT, slow);
    out.label(back);
    Constant[] words = {
      new Num(PARTIAL_WORDS << 10 | CLOSURE_TAG),
      new Symbol(next),
      new Num(ClosureLayout.info(1, 2))
    };
    for (int i = 0; i < words.length; i++) {
      out.move(SCRATCH, words[i]);
      out.line("s32i a%d, a%d, %d", SCRATCH, Registers.YOUNG_POINTER, 4 * i);
    }
    out.line("s32i a2, a%d, 12", Registers.YOUNG_POINTER);
    out.line("s32i a3, a%d, 16", Registers.YOUNG_POINTER);
    out.line("addi a2, a%d, 4", Registers.YOUNG_POINTER);
    out.line("l32i a0, a%d, 12", SP);
    out.line("addi a%d, a%d, 16", SP, SP);
    out.line("ret");
    out.label(slow);
    out.move(SCRATCH, bytes);
    out.line("call0 caml_native_call_gc");
    String here = out.newLabel();
    out.label(here);
    table.add(here, out.lines(), 16, 1 << 2 | 1 << 3, new BitSet(), -1);
    out.line("j %s", back);
  }

  /** The last argument is in a2, the chain of closures with the others in a3. */
  private void last(int arity) {
    out.line("mov a%d, a3", SCRATCH);
    place(arity - 1, 2);
    for (int i = arity - 2; i >= 0; i--) {
      int register = i < Registers.ARGUMENTS ? FIRST + i : SCRATCH2;
      if (i == 0) {
        register = FIRST;
      }
      out.line("l32i a%d, a%d, 8", register, SCRATCH);
      place(i, register);
      out.line("l32i a%d, a%d, 12", SCRATCH, SCRATCH);
    }
    if (arity < Registers.ARGUMENTS) {
      out.line("mov a%d, a%d", FIRST + arity, SCRATCH);
    } else {
      place(arity, SCRATCH);
    }
    out.line("l32i a%d, a%d, 8", SCRATCH, SCRATCH);
    out.line("jx a%d", SCRATCH);
  }

  /** Puts a register's value where argument {@code position} belongs; those behind a9 come before it. */
  private void place(int position, int from) {
    if (position >= Registers.ARGUMENTS) {
      int address = from == SCRATCH2 ? FIRST + Registers.ARGUMENTS - 1 : SCRATCH2;
      out.move(address, extra(position));
      out.line("s32i a%d, a%d, 0", from, address);
    } else if (FIRST + position != from) {
      out.line("mov a%d, a%d", FIRST + position, from);
    }
  }
}
