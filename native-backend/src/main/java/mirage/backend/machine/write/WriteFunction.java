// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.write;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import mirage.backend.ir.Block;
import mirage.backend.ir.Boxed;
import mirage.backend.ir.Cfg;
import mirage.backend.ir.Constant;
import mirage.backend.ir.Edge;
import mirage.backend.ir.End;
import mirage.backend.ir.Function;
import mirage.backend.ir.Instr;
import mirage.backend.ir.Op;
import mirage.backend.ir.Var;
import mirage.backend.machine.register.Frame;
import mirage.backend.machine.register.ShortEdges;
import mirage.backend.machine.target.Allocation;
import mirage.backend.machine.target.Location;
import mirage.backend.machine.target.LoopSize;
import mirage.backend.machine.target.Loops;
import mirage.backend.machine.target.Names;
import mirage.backend.machine.target.Registers;
import mirage.backend.machine.target.Runtime;
import mirage.backend.machine.text.Assembly;
import mirage.backend.machine.text.FrameTable;
import mirage.backend.machine.text.Locations;
import mirage.backend.machine.text.SourceLines;
import mirage.xtensa.Opcode;

/** Writes one function whose variables have their places. */
final class WriteFunction {
  private static final int SP = Registers.STACK_POINTER;
  private static final int SCRATCH = Registers.SCRATCH;
  private static final int SCRATCH2 = Registers.SCRATCH2;

  private final Function function;
  private final boolean once;
  private final Cfg cfg;
  private final Loops loops;
  private final Allocation allocation;
  private final Frame frame;
  private final Assembly out;
  private final Locations locations;
  private final SourceLines lines;

  /** Where the last instructions of blocks come from. */
  private final Map<Block, Integer> left = new HashMap<>();

  private final WriteTraps traps;
  private final Roots roots;
  private final SlowPaths slowPaths;
  private final WriteCalls calls;
  private final WriteBranches branches;
  private final Map<Block, String> labels = new HashMap<>();
  private Block following;
  private int trapDepth;
  private Var high;
  private boolean framed;
  private boolean cold;

  /** Behind the loop at hand if it counts by itself, else null. */
  private String loopEnd;

  /** Where the next turn begins if the loop is too long for the processor to go there by itself, else null. */
  private String again;

  /**
   * @param once whether the function is called once, so that its size matters more than its speed
   */
  WriteFunction(
      Function function,
      boolean once,
      Allocation allocation,
      Assembly out,
      FrameTable table,
      Locations locations,
      SourceLines lines) {
    this.once = once;
    this.function = function;
    this.allocation = allocation;
    this.frame = new Frame(function, allocation);
    ShortEdges.function(function, allocation, frame);
    this.cfg = new Cfg(function);
    this.loops = new Loops(cfg);
    this.out = out;
    this.locations = locations;
    this.lines = lines;
    this.traps = new WriteTraps(out, frame);
    this.roots = new Roots(function, cfg, allocation, frame);
    this.calls = new WriteCalls(out, allocation, frame, table, roots, lines);
    this.branches = new WriteBranches(out, labels, this::register);
    this.slowPaths = new SlowPaths(out, frame, table, roots, lines, this::register);
  }

  void write() {
    List<Block> order = Layout.order(cfg);
    for (Block block : order) {
      labels.put(block, out.newLabel());
    }
    out.line(".align 4");
    out.line(".global %s", Names.code(function));
    out.line(".type %s, @function", Names.code(function));
    out.label(Names.code(function));
    lines.begin(function, frame.size());
    prologue();
    for (int i = 0; i < order.size(); i++) {
      following = i + 1 < order.size() ? order.get(i + 1) : null;
      block(order.get(i));
      if (loopEnd == null && !continues(order.get(i).end())) {
        slowPaths.write();
      }
    }
    slowPaths.write();
    out.line(".size %s, . - %s", Names.code(function), Names.code(function));
  }

  private void prologue() {
    framed = frame.framed(function.entry());
    if (framed) {
      enterFrame();
    }
    calls.parameters(function.entry().params());
  }

  private void enterFrame() {
    out.add(SP, SP, -frame.size(), SCRATCH);
    // The guard below the stack has to be hit: no two writes are further apart than it is long.
    for (int at = frame.returnAddress(); at >= 0; at -= Runtime.STACK_GUARD) {
      out.access(Opcode.S32I, Registers.RETURN_ADDRESS, SP, at, SCRATCH);
    }
    lines.frame(true);
  }

  /** Whether control comes to what is written behind. */
  private boolean continues(End end) {
    if (end instanceof End.Jump jump && jump.to().target().end() instanceof End.Turn turn) {
      return turn.exit().target() == following;
    }
    return end.edges().stream().anyMatch(edge -> edge.target() == following);
  }

  private void epilogue() {
    if (framed) {
      out.access(
          Opcode.L32I,
          Registers.RETURN_ADDRESS,
          SP,
          frame.returnAddress(),
          Registers.RETURN_ADDRESS);
      out.add(SP, SP, frame.size(), SCRATCH2);
      lines.frame(false);
    }
  }

  // Blocks.

  private void block(Block block) {
    out.label(labels.get(block));
    trapDepth = frame.trapDepth(block);
    framed = frame.framed(block);
    End.PushTrap trap = cfg.trapOf(block);
    List<Block> before = cfg.predecessors(block);
    boolean enters =
        framed
            && before.size() == 1
            && !frame.framed(before.get(0))
            && !(before.get(0).end() instanceof End.Jump);
    int place = trap == null ? placeOf(block) : -1;
    if (block != function.entry()) {
      lines.begin(place, framed && !enters);
    }
    cold = framed && once && !cfg.inLoop(block);
    if (enters) {
      enterFrame();
    }
    if (trap != null) {
      locations.handler(labels.get(block), trap.pc());
      traps.land(allocation.of(block.params().get(0)), trapDepth);
    }
    List<BitSet> after = roots.after(block);
    for (int i = 0; i < block.body().size(); i++) {
      high = i + 1 < block.body().size() ? highOf(block.body().get(i + 1)) : null;
      instruction(block.body().get(i), after.get(i));
    }
    left.put(
        block, block.body().stream().mapToInt(Instr::pc).reduce(place, (a, b) -> b >= 0 ? b : a));
    end(block.end());
  }

  /** Where a block's first instruction comes from that comes from anywhere; else where control comes from. */
  private int placeOf(Block block) {
    IntStream own = block.body().stream().mapToInt(Instr::pc);
    IntStream before = cfg.predecessors(block).stream().mapToInt(p -> left.getOrDefault(p, -1));
    return IntStream.concat(own, before).filter(pc -> pc >= 0).findFirst().orElse(-1);
  }

  /** The second word of a call's result, when that is what the instruction defines. */
  private static Var highOf(Instr next) {
    return next.op() == Op.W_HIGH ? next.dest() : null;
  }

  private int register(Var var) {
    Location place = allocation.of(var);
    if (place instanceof Location.Register register) {
      return register.number();
    }
    throw new IllegalStateException(function + ": " + var + " is not in a register but " + place);
  }

  private void instruction(Instr instr, BitSet after) {
    lines.at(instr.pc());
    switch (instr.op()) {
      case W_CONST, W_SYMBOL, W_KEEP -> out.move(register(instr.dest()), (Constant) instr.imm());
      case W_RELOAD, W_SPILL -> {
        Moves moves = new Moves(out, frame);
        if (allocation.of(instr.dest()) != null) {
          moves.add(allocation.of(instr.dest()), allocation.of(instr.arg(0)));
        }
        moves.write();
      }
      case SLOT -> {
        int to = register(instr.dest());
        out.access(Opcode.L32I, to, SP, frame.slot(instr.intImm()), to);
      }
      case SET_SLOT ->
          out.access(Opcode.S32I, register(instr.arg(0)), SP, frame.slot(instr.intImm()), SCRATCH);
      case W_LOAD, W_BA_DATA -> load(Opcode.L32I, instr);
      case W_LOAD8 -> load(Opcode.L8UI, instr);
      case UNBOX ->
          out.add(
              Opcode.L32I,
              register(instr.dest()),
              register(instr.arg(0)),
              ((Boxed.Part) instr.imm()).offset());
      case UNBOX_ANY,
              W_FLAG,
              W_SWAP,
              W_HEADER,
              W_HEADER_ANY,
              W_BYTES,
              W_BYTES_ANY,
              W_LOAD16,
              W_LOAD32,
              W_STORE16,
              W_STORE32 ->
          new WriteBytes(out, this::register).write(instr);
      case W_HIGH -> {}
      case W_STORE -> store(Opcode.S32I, instr);
      case W_STORE8 -> store(Opcode.S8I, instr);
      case W_MODIFY, W_MODIFY_INT -> slowPaths.modify(instr, framed);
      case W_ALLOC -> slowPaths.alloc(instr, after, framed, cold);
      case W_CALL, W_CALL_REGISTER, W_C_CALL -> calls.call(instr, high, after);
      case W_TEST -> branches.test(instr);
      case W_IF_ZERO -> {
        int to = register(instr.dest());
        out.copy(to, register(instr.arg(1)));
        out.add(Opcode.MOVEQZ, to, register(instr.arg(0)), register(instr.arg(2)));
      }
      case POP_TRAP -> traps.pop(--trapDepth);
      case W_CHECK_DIVISOR, W_CHECK_BOUND -> check(instr, after);
      default -> new WriteArithmetic(out, this::register).write(instr);
    }
  }

  private void check(Instr instr, BitSet after) {
    if (instr.op() == Op.W_CHECK_DIVISOR) {
      String raise = slowPaths.raise("caml_native_raise_zero_divide", after, instr.pc(), framed);
      out.add(Opcode.BEQZ, raise, register(instr.arg(0)));
    } else {
      String raise = slowPaths.raise("caml_native_raise_bound_error", after, instr.pc(), framed);
      out.add(Opcode.BGEU, raise, register(instr.arg(0)), register(instr.arg(1)));
    }
  }

  private void load(Opcode opcode, Instr instr) {
    int to = register(instr.dest());
    out.access(opcode, to, register(instr.arg(0)), instr.intImm(), SCRATCH);
  }

  private void store(Opcode opcode, Instr instr) {
    out.access(opcode, register(instr.arg(1)), register(instr.arg(0)), instr.intImm(), SCRATCH);
  }

  // Ends.

  private void end(End end) {
    if (end instanceof End.Jump jump && jump.to().target().end() instanceof End.Turn turn) {
      turn(jump.to(), turn);
    } else if (end instanceof End.Jump jump) {
      jump(jump.to());
    } else if (end instanceof End.Repeat repeat) {
      repeat(repeat);
    } else if (end instanceof End.Turn) {
      // The loop's body follows (Layout).
    } else if (end instanceof End.Compare compare) {
      branches.compare(compare, following);
    } else if (end instanceof End.Switch choice) {
      new WriteSwitch(out, labels, this::register).write(choice, following);
    } else if (end instanceof End.Return result) {
      calls.arguments(List.of(result.value()));
      epilogue();
      out.add(Opcode.RET);
    } else if (end instanceof End.Raise raise) {
      calls.raise(raise);
    } else if (end instanceof End.TailJump tail) {
      lines.at(tail.pc());
      calls.arguments(tail.args());
      epilogue();
      calls.jump(tail);
    } else if (end instanceof End.PushTrap trap) {
      lines.at(trap.pc());
      traps.push(labels.get(trap.handler()), trapDepth);
      jump(trap.body());
    } else if (end instanceof End.Stop) {
      out.move(Registers.FIRST_ARGUMENT, 1);
      epilogue();
      out.add(Opcode.RET);
    } else {
      throw new IllegalStateException("cannot write " + end);
    }
  }

  private void repeat(End.Repeat repeat) {
    moves(repeat.to());
    loopEnd = out.newLabel();
    Opcode opcode =
        switch (repeat.turns()) {
          case SOME -> Opcode.LOOP;
          case ANY -> Opcode.LOOPNEZ;
          case POSITIVE -> Opcode.LOOPGTZ;
        };
    out.loop(opcode, register(repeat.count()), loopEnd);
    Block header = repeat.to().target();
    if (LoopSize.most(loops.headedBy(header)) > LoopSize.REACH) {
      far((End.Turn) header.end(), header);
    }
  }

  /** The loop proper goes to the body and back. */
  private void far(End.Turn turn, Block header) {
    String body = out.newLabel();
    again = out.newLabel();
    out.add(Opcode.J, body);
    out.label(again);
    out.add(Opcode.NOP_N);
    out.label(loopEnd);
    leave(header, turn);
    out.label(body);
  }

  /** The end of each turn. What the header does is done once more behind the last. */
  private void turn(Edge back, End.Turn turn) {
    moves(back);
    if (again != null) {
      out.add(Opcode.J, again);
    } else {
      if (out.isTarget()) {
        // A jump to where the loop ends would leave it.
        out.add(Opcode.NOP_N);
      }
      out.label(loopEnd);
      leave(back.target(), turn);
    }
    loopEnd = null;
    again = null;
  }

  private void leave(Block header, End.Turn turn) {
    header.body().forEach(instr -> instruction(instr, null));
    if (again != null || turn.exit().target() != following) {
      out.add(Opcode.J, labels.get(turn.exit().target()));
    }
  }

  private void jump(Edge edge) {
    moves(edge);
    if (edge.target() != following) {
      out.add(Opcode.J, labels.get(edge.target()));
    }
  }

  private void moves(Edge edge) {
    if (!framed && frame.framed(edge.target())) {
      enterFrame();
    }
    Moves moves = new Moves(out, frame);
    for (int i = 0; i < edge.args().length; i++) {
      Location to = allocation.of(edge.target().params().get(i));
      if (to != null) {
        moves.add(to, allocation.of(edge.args()[i]));
      }
    }
    moves.write();
  }
}
