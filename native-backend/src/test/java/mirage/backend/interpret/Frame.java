// SPDX-License-Identifier: Apache-2.0
package mirage.backend.interpret;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import mirage.backend.ir.Block;
import mirage.backend.ir.CCall;
import mirage.backend.ir.Constant;
import mirage.backend.ir.Edge;
import mirage.backend.ir.End;
import mirage.backend.ir.Function;
import mirage.backend.ir.Instr;
import mirage.backend.ir.Num;
import mirage.backend.ir.Op;
import mirage.backend.ir.Primitive;
import mirage.backend.ir.Symbol;
import mirage.backend.ir.Var;
import mirage.backend.machine.target.Allocation;
import mirage.backend.machine.target.Location;

/** One activation of a function. Its variables are numbered words at first, then in the registers and words of the frame they have been given. */
final class Frame {
  /** In place of what must not be looked at any more: odd, so no address. */
  private static final int GARBAGE = 0x5EED5EED;

  private final Interpreter machine;
  private final Memory memory;
  private final Blocks blocks;
  private Function function;
  private Allocation allocation;
  private int[] values;
  private int[] slots;

  /** Once variables have them, what is in registers, and in the frame's words. */
  private final int[] registers = new int[16];

  private int[] spilled;
  private final Deque<Block> traps = new ArrayDeque<>();
  private long turns;
  private int result;

  Frame(Interpreter machine, Function function) {
    this.machine = machine;
    this.memory = machine.memory();
    this.blocks = new Blocks(machine);
    enter(function);
  }

  private void enter(Function entered) {
    function = entered;
    allocation = machine.generator().allocation(function);
    values = new int[function.varCount()];
    slots = new int[function.slots()];
    spilled = new int[allocation == null ? 0 : allocation.slotCount()];
  }

  int run(int[] args) {
    set(function.entry().params(), args);
    Block block = function.entry();
    while (block != null) {
      try {
        block = next(block);
      } catch (OcamlRaise e) {
        if (traps.isEmpty()) {
          throw e;
        }
        block = traps.pop();
        clobber();
        set(block.params(), new int[] {e.value()});
      }
    }
    return result;
  }

  private void set(List<Var> params, int... args) {
    for (int i = 0; i < params.size(); i++) {
      set(params.get(i), args[i]);
    }
  }

  private void set(Var var, int value) {
    Location place = allocation == null ? null : allocation.of(var);
    if (place instanceof Location.Register register) {
      registers[register.number()] = value;
    } else if (place instanceof Location.Slot slot) {
      spilled[slot.number()] = value;
    } else {
      values[var.id()] = value;
    }
  }

  int value(Var var) {
    Location place = allocation == null ? null : allocation.of(var);
    if (place instanceof Location.Constant made) {
      return constant(made.word());
    } else if (place instanceof Location.Register register) {
      return registers[register.number()];
    } else if (place instanceof Location.Slot slot) {
      return spilled[slot.number()];
    }
    return values[var.id()];
  }

  /** Once it is decided what lives in the frame, everything else is gone behind a call, and where a handler begins. */
  private void clobber() {
    if (allocation == null) {
      return;
    }
    Arrays.fill(registers, GARBAGE);
    int[] before = values;
    values = new int[before.length];
    Arrays.fill(values, GARBAGE);
    for (Var var : allocation.slots()) {
      values[var.id()] = before[var.id()];
    }
  }

  private int constant(Constant word) {
    return word instanceof Num number ? number.value() : machine.address((Symbol) word);
  }

  private int[] values(Var... vars) {
    int[] found = new int[vars.length];
    for (int i = 0; i < vars.length; i++) {
      found[i] = value(vars[i]);
    }
    return found;
  }

  private int[] values(List<Var> vars) {
    return values(vars.toArray(Var[]::new));
  }

  /** Executes a block; returns the next, or null at the function's end. */
  private Block next(Block block) {
    for (Instr instr : block.body()) {
      machine.step();
      int made = execute(instr);
      if (instr.op().has(Op.Trait.CLOBBERS)) {
        clobber();
      }
      if (instr.dest() != null) {
        set(instr.dest(), made);
      }
    }
    return end(block.end());
  }

  private Block go(Edge edge) {
    set(edge.target().params(), values(edge.args()));
    return edge.target();
  }

  private Block end(End end) {
    if (end instanceof End.Jump jump) {
      return go(jump.to());
    } else if (end instanceof End.Branch branch) {
      return go(value(branch.condition()) != 1 ? branch.ifTrue() : branch.ifFalse());
    } else if (end instanceof End.Compare compare) {
      boolean holds = Words.holds(compare.condition(), values(compare.args()));
      return go(holds ? compare.ifTrue() : compare.ifFalse());
    } else if (end instanceof End.Switch choice) {
      int on = value(choice.on());
      return go((on & 1) != 0 ? choice.integers().get(on >> 1) : choice.tags().get(memory.tag(on)));
    } else if (end instanceof End.PushTrap trap) {
      traps.push(trap.handler());
      return go(trap.body());
    } else if (end instanceof End.Raise raise) {
      throw new OcamlRaise(value(raise.exception()));
    } else if (end instanceof End.Repeat repeat) {
      // The loop's parameters get their values before the processor takes the count.
      Block header = go(repeat.to());
      long count = value(repeat.count());
      turns = repeat.turns() == End.Turns.POSITIVE ? Math.max(0, count) : count & 0xFFFFFFFFL;
      return header;
    } else if (end instanceof End.Turn turn) {
      return go(turns-- > 0 ? turn.body() : turn.exit());
    }
    return leave(end);
  }

  private Block leave(End end) {
    if (end instanceof End.Return value) {
      result = value(value.value());
    } else if (end instanceof End.TailCall tail) {
      int[] args = values(tail.args());
      if (tail.function() != null) {
        return tail(tail.function(), args);
      }
      result = machine.apply(args[0], Arrays.copyOfRange(args, 1, args.length));
    } else if (end instanceof End.TailJump tail) {
      int[] args = values(tail.args());
      if (tail.symbol() != null && machine.named(tail.symbol()) != null) {
        return tail(machine.named(tail.symbol()), args);
      }
      result =
          tail.symbol() == null
              ? machine.apply(args[1], args[0])
              : machine.call(tail.symbol(), args);
    }
    return null;
  }

  /** The frame serves the callee. */
  private Block tail(Function callee, int[] args) {
    enter(callee);
    set(callee.entry().params(), args);
    return callee.entry();
  }

  private int execute(Instr instr) {
    int[] x = values(instr.args());
    if (Words.computes(instr.op())) {
      return Words.evaluate(instr, x);
    }
    return switch (instr.op()) {
      case W_CONST, W_SYMBOL, W_KEEP -> constant((Constant) instr.imm());
      case W_RELOAD, W_SPILL -> x[0];
      case SLOT -> slots[instr.intImm()];
      case SET_SLOT -> slots[instr.intImm()] = x[0];
      case POP_TRAP -> {
        traps.pop();
        yield 0;
      }
      case CALL -> machine.call((Function) instr.imm(), x, 0);
      case APPLY -> machine.apply(x[0], Arrays.copyOfRange(x, 1, x.length));
      case W_CALL -> machine.call((Symbol) instr.imm(), x);
      case W_CALL_REGISTER -> machine.apply(x[1], x[0]);
      case C_CALL -> machine.primitives().call(((Primitive) instr.imm()).name(), x);
      case W_C_CALL -> machine.primitives().call(((CCall) instr.imm()).name(), x);
      case W_HIGH -> machine.primitives().high();
      default -> blocks.execute(instr, x);
    };
  }
}
