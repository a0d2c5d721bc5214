// SPDX-License-Identifier: Apache-2.0
package mirage.backend.pass;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import mirage.backend.ir.Block;
import mirage.backend.ir.ClosureSet;
import mirage.backend.ir.Edge;
import mirage.backend.ir.End;
import mirage.backend.ir.Function;
import mirage.backend.ir.Immediate;
import mirage.backend.ir.Instr;
import mirage.backend.ir.Member;
import mirage.backend.ir.Num;
import mirage.backend.ir.Op;
import mirage.backend.ir.Pass;
import mirage.backend.ir.Places;
import mirage.backend.ir.Primitive;
import mirage.backend.ir.Program;
import mirage.backend.ir.Var;

/**
 * Puts small functions where they are called, and larger ones that are called from one place. What a
 * function grows by is limited.
 */
public final class Inline implements Pass {
  /** Instructions, constants not counted, that take no more code than a call. */
  private static final int SMALL = 8;

  /** Largest function that is moved to its only call. */
  private static final int LARGE = 400;

  /** Largest function that others are put into. */
  private static final int LIMIT = 4000;

  /** Primitives that become a few instructions or short calls. */
  private static final Pattern NUMBERS =
      Pattern.compile("caml_(int32|int64|nativeint|add|sub|mul|div|neg)_.*|caml_.*_float|%.*");

  private final Map<Function, Integer> sizes = new HashMap<>();
  private final Map<Function, Integer> references = new HashMap<>();

  @Override
  public String name() {
    return "inline";
  }

  @Override
  public void run(Program program) {
    new Inline().rewrite(program);
  }

  private void rewrite(Program program) {
    for (Function function : program.functions()) {
      sizes.put(function, size(function));
      countReferences(function);
    }
    for (Function function : program.functions()) {
      calls(program, function);
    }
  }

  private static int size(Function function) {
    int size = 0;
    for (Block block : function.blocks()) {
      for (Instr instr : block.body()) {
        size += weight(instr);
      }
      size += block.end() instanceof End.Jump || block.end() instanceof End.Return ? 0 : 1;
    }
    return size;
  }

  private static int weight(Instr instr) {
    return switch (instr.op()) {
      case INT, STATIC, CLOSED, ATOM, SIBLING, CAPTURED -> 0;
      case CALL, APPLY -> 2;
      case CLOSURES, BLOCK, FLOAT_BLOCK, SET_FIELD, SET_ITEM -> 3;
      case C_CALL -> NUMBERS.matcher(((Primitive) instr.imm()).name()).matches() ? 1 : 3;
      default -> 1;
    };
  }

  /** A direct call counts once, everything that makes a closure which stays counts for many. */
  private void countReferences(Function function) {
    Map<Var, Integer> uses = new HashMap<>();
    for (Block block : function.blocks()) {
      for (Instr instr : block.body()) {
        for (Var arg : instr.args()) {
          uses.merge(arg, instr.op() == Op.CALL ? 1 : 2, Integer::sum);
        }
      }
      block
          .end()
          .uses()
          .forEach(v -> uses.merge(v, block.end() instanceof End.TailCall ? 1 : 2, Integer::sum));
      for (Edge edge : block.end().edges()) {
        for (Var arg : edge.args()) {
          uses.merge(arg, 2, Integer::sum);
        }
      }
    }
    for (Block block : function.blocks()) {
      for (Instr instr : block.body()) {
        if (instr.imm() instanceof Function callee) {
          references.merge(callee, 1, Integer::sum);
        } else if (instr.imm() instanceof Member member) {
          references.merge(member.function(), 2, Integer::sum);
        } else if (instr.imm() instanceof ClosureSet set && instr.op() == Op.CLOSURES) {
          boolean stays = set.functions().size() > 1 || uses.getOrDefault(instr.dest(), 0) > 1;
          set.functions().forEach(f -> references.merge(f, stays ? 2 : 0, Integer::sum));
        }
      }
      if (block.end() instanceof End.TailCall tail && tail.function() != null) {
        references.merge(tail.function(), 1, Integer::sum);
      }
    }
  }

  private void calls(Program program, Function function) {
    Deque<Block> todo = new ArrayDeque<>(function.blocks());
    while (!todo.isEmpty()) {
      Block block = todo.poll();
      for (int i = 0; i < block.body().size(); i++) {
        Instr instr = block.body().get(i);
        if (instr.op() == Op.CALL && worth(program, function, (Function) instr.imm())) {
          todo.addFirst(call(program, function, block, i));
          break;
        }
      }
      if (block.end() instanceof End.TailCall tail
          && tail.function() != null
          && worth(program, function, tail.function())) {
        Copy copy = new Copy(function, tail.function(), null, program.places(), -1);
        copy.slots();
        block.setEnd(new End.Jump(copy.into(tail.args())));
      }
    }
  }

  private boolean worth(Program program, Function caller, Function callee) {
    if (callee == caller || callee == program.main() || callsItself(callee)) {
      return false;
    }
    int size = size(callee);
    boolean small = size <= SMALL && callee.slots() == 0;
    boolean once =
        references.getOrDefault(callee, 0) == 1
            && size <= LARGE
            && (caller != program.main() || makesClosures(callee));
    boolean functor = caller == program.main() && size <= LARGE && makesModule(callee);
    int grown = sizes.get(caller) + size;
    if (!small && !once && !functor || grown > LIMIT && caller != program.main()) {
      return false;
    }
    sizes.put(caller, grown);
    return true;
  }

  /** A functor's body, above all: in the toplevel its closures need no block, and what they capture is known. */
  private static boolean makesClosures(Function function) {
    return function.blocks().stream()
        .anyMatch(block -> block.body().stream().anyMatch(i -> i.op() == Op.CLOSURES));
  }

  /** Whether what it returns is a block with closures it made: a functor. In the toplevel only what is used of that stays. */
  private static boolean makesModule(Function function) {
    Map<Var, Op> made = new HashMap<>();
    Map<Var, Instr> blocks = new HashMap<>();
    for (Block block : function.blocks()) {
      for (Instr instr : block.body()) {
        if (instr.dest() != null) {
          made.put(instr.dest(), instr.op());
        }
        if (instr.op() == Op.BLOCK) {
          blocks.put(instr.dest(), instr);
        }
      }
    }
    for (Block block : function.blocks()) {
      if (block.end() instanceof End.Return result && blocks.containsKey(result.value())) {
        for (Var field : blocks.get(result.value()).args()) {
          if (made.get(field) == Op.CLOSURES || made.get(field) == Op.SIBLING) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static boolean callsItself(Function function) {
    for (Block block : function.blocks()) {
      if (block.end() instanceof End.TailCall tail && tail.function() == function) {
        return true;
      }
      for (Instr instr : block.body()) {
        if (instr.imm() == function) {
          return true;
        }
      }
    }
    return false;
  }

  /** Replaces a call; returns the block of what follows it. */
  private static Block call(Program program, Function caller, Block block, int index) {
    Instr call = block.body().get(index);
    Block after = caller.newBlock();
    caller.blocks().add(after);
    after.params().add(call.dest());
    List<Instr> rest = block.body().subList(index + 1, block.body().size());
    after.body().addAll(rest);
    rest.clear();
    block.body().remove(index);
    after.setEnd(block.end());
    Copy copy = new Copy(caller, (Function) call.imm(), after, program.places(), call.pc());
    copy.slots();
    block.setEnd(new End.Jump(copy.into(List.of(call.args()))));
    return after;
  }

  /** A copy of a function's blocks in another. */
  private static final class Copy {
    private final Function to;
    private final Function from;
    private final Block after;
    private final Places places;
    private final int call;
    private final int firstSlot;
    private final Map<Var, Var> vars = new HashMap<>();
    private final Map<Block, Block> blocks = new HashMap<>();

    /**
     * @param after what follows a call; null when the call was a tail call
     * @param call place of the call; -1 for a tail call, of which no backtrace tells
     */
    Copy(Function to, Function from, Block after, Places places, int call) {
      this.to = to;
      this.from = from;
      this.after = after;
      this.places = places;
      this.call = call;
      this.firstSlot = to.slots();
    }

    /** The collector looks at all slots, so they are set as soon as there is a frame. */
    void slots() {
      if (from.slots() > 0) {
        Var zero = to.newVar(mirage.backend.ir.Type.VALUE);
        List<Instr> entry = to.entry().body();
        for (int i = 0; i < from.slots(); i++) {
          entry.add(0, Instr.of(Op.SET_SLOT, null, firstSlot + i, -1, zero));
        }
        entry.add(0, Instr.of(Op.INT, zero, 0, -1));
        to.setSlots(firstSlot + from.slots());
      }
    }

    Edge into(List<Var> args) {
      List<Block> originals = new mirage.backend.ir.Cfg(from).reversePostorder();
      for (Block original : originals) {
        Block copy = to.newBlock();
        to.blocks().add(copy);
        blocks.put(original, copy);
      }
      for (Block original : originals) {
        Block copy = blocks.get(original);
        original.params().forEach(param -> copy.params().add(var(param)));
        original.body().forEach(instr -> copy.body().add(instr(instr)));
        copy.setEnd(end(copy, original.end()));
      }
      return new Edge(blocks.get(from.entry()), args.toArray(Var[]::new));
    }

    private Var var(Var original) {
      return vars.computeIfAbsent(original, v -> to.newVar(v.type()));
    }

    private Var[] vars(List<Var> originals) {
      return originals.stream().map(this::var).toArray(Var[]::new);
    }

    private Instr instr(Instr i) {
      Immediate imm = i.imm();
      if (i.op() == Op.SLOT || i.op() == Op.SET_SLOT) {
        imm = new Num(i.intImm() + firstSlot);
      }
      Var dest = i.dest() == null ? null : var(i.dest());
      return new Instr(i.op(), dest, vars(List.of(i.args())), imm, places.inlined(i.pc(), call));
    }

    private End end(Block copy, End end) {
      if (after != null && end instanceof End.Return result) {
        return new End.Jump(new Edge(after, var(result.value())));
      } else if (after != null && end instanceof End.TailCall tail) {
        Var result = to.newVar(mirage.backend.ir.Type.VALUE);
        Op op = tail.function() == null ? Op.APPLY : Op.CALL;
        // No longer a tail call, but still one for backtraces: its frame is that of the call.
        copy.body().add(new Instr(op, result, vars(tail.args()), tail.function(), call));
        return new End.Jump(new Edge(after, result));
      }
      if (end instanceof End.Raise raise) {
        int place = places.inlined(raise.pc(), call);
        return new End.Raise(var(raise.exception()), raise.kind(), place);
      }
      End mapped = end.map(this::var, this::edge);
      return mapped instanceof End.PushTrap trap
          ? new End.PushTrap(
              trap.body(), blocks.get(trap.handler()), places.inlined(trap.pc(), call))
          : mapped;
    }

    private Edge edge(Edge edge) {
      List<Var> args = new ArrayList<>(List.of(edge.args()));
      return new Edge(blocks.get(edge.target()), vars(args));
    }
  }
}
