// SPDX-License-Identifier: Apache-2.0
package mirage.backend.front;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import mirage.backend.ir.Block;
import mirage.backend.ir.ClosureSet;
import mirage.backend.ir.Edge;
import mirage.backend.ir.Function;
import mirage.backend.ir.Num;
import mirage.backend.ir.Op;
import mirage.backend.ir.Type;
import mirage.backend.ir.Var;

/**
 * Reads one function, block by block. A block that control reaches from several places has a parameter
 * for the accumulator and for each stack position; {@link mirage.backend.pass.PruneParameters} removes
 * those that are not needed.
 *
 * <p>A position that is assigned below a trap may be seen by the handler with its latest value; such
 * positions live in slots of the frame. They are found on the way, and the function is read again.
 */
final class FunctionReader {
  private final ProgramReader program;
  private final Function function;
  private final ClosureSet set;
  private final int index;
  private final TreeSet<Integer> inMemory = new TreeSet<>();
  private final Map<Integer, Block> blocks = new HashMap<>();
  private final Deque<Runnable> pending = new ArrayDeque<>();
  private Var closure;

  private static final class ReadAgain extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ReadAgain() {
      super(null, null, false, false);
    }
  }

  /**
   * @param set the set the function belongs to, null for the toplevel
   * @param index its index in the set
   */
  FunctionReader(ProgramReader program, Function function, ClosureSet set, int index) {
    this.program = program;
    this.function = function;
    this.set = set;
    this.index = index;
  }

  void read() {
    boolean done = false;
    while (!done) {
      blocks.clear();
      pending.clear();
      function.blocks().clear();
      try {
        readEntry();
        while (!pending.isEmpty()) {
          pending.poll().run();
        }
        done = true;
      } catch (ReadAgain again) {
        done = false;
      }
    }
    function.setSlots(inMemory.size());
  }

  private void readEntry() {
    Block entry = addBlock();
    State state = new State();
    List<Var> arguments = new ArrayList<>();
    for (int i = 0; i < function.arity(); i++) {
      arguments.add(function.newVar(Type.VALUE));
    }
    entry.params().addAll(arguments);
    closure = function.newVar(Type.VALUE);
    if (set != null) {
      entry.params().add(closure);
    }
    VirtualMachine vm = new VirtualMachine(this, entry, state);
    for (int slot : inMemory) {
      vm.emit(Op.SET_SLOT, null, new Num(slotOf(slot)), vm.integer(0));
    }
    for (int i = arguments.size() - 1; i >= 0; i--) {
      vm.push(arguments.get(i));
    }
    BlockReader reader = new BlockReader(this, entry, vm);
    if (program.labels().starts(function.pc())) {
      reader.jump(function.pc());
    } else {
      reader.read(function.pc());
    }
  }

  private BlockReader reader(Block block, State state) {
    return new BlockReader(this, block, new VirtualMachine(this, block, state));
  }

  Block addBlock() {
    Block block = function.newBlock();
    function.blocks().add(block);
    return block;
  }

  ProgramReader program() {
    return program;
  }

  Function function() {
    return function;
  }

  ClosureSet set() {
    return set;
  }

  int index() {
    return index;
  }

  Var closure() {
    return closure;
  }

  boolean inMemory(int position) {
    return inMemory.contains(position);
  }

  Integer slotOf(int position) {
    return inMemory.headSet(position).size();
  }

  /** Gives up this reading: the position has to live in memory. */
  ReadAgain keepInMemory(int position) {
    inMemory.add(position);
    return new ReadAgain();
  }

  /** The way from where {@code from} is to the instruction at {@code pc}. */
  Edge edgeTo(int pc, VirtualMachine from) {
    State state = from.state();
    if (!program.labels().joins(pc)) {
      Block block = addBlock();
      State copy = state.copy();
      pending.add(() -> reader(block, copy).read(pc));
      return new Edge(block);
    }
    Var accumulator = from.accumulator();
    Block known = blocks.get(pc);
    if (known == null) {
      known = joinBlock(pc, state);
    }
    List<Var> args = new ArrayList<>();
    args.add(accumulator);
    for (int position = 0; position < state.depth(); position++) {
      if (state.at(position) != null && !inMemory(position)) {
        args.add(state.at(position));
      }
    }
    if (args.size() != known.params().size()) {
      throw new mirage.backend.ir.CompileException(
          "bytecode at word " + pc + ": reached with stacks of different depth");
    }
    return new Edge(known, args.toArray(Var[]::new));
  }

  private Block joinBlock(int pc, State state) {
    Block block = addBlock();
    blocks.put(pc, block);
    State inside = state.copy();
    inside.setAccumulator(addParam(block));
    for (int position = 0; position < state.depth(); position++) {
      if (state.at(position) != null && !inMemory(position)) {
        inside.set(position, addParam(block));
      }
    }
    pending.add(() -> reader(block, inside).read(pc));
    return block;
  }

  private Var addParam(Block block) {
    Var param = function.newVar(Type.VALUE);
    block.params().add(param);
    return param;
  }
}
