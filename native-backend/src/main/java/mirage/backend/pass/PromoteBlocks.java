// SPDX-License-Identifier: Apache-2.0
package mirage.backend.pass;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mirage.backend.ir.Block;
import mirage.backend.ir.Cfg;
import mirage.backend.ir.Edge;
import mirage.backend.ir.Function;
import mirage.backend.ir.Instr;
import mirage.backend.ir.Op;
import mirage.backend.ir.Pass;
import mirage.backend.ir.Program;
import mirage.backend.ir.Rewrite;
import mirage.backend.ir.Traps;
import mirage.backend.ir.Type;
import mirage.backend.ir.Var;

/**
 * Turns the fields of blocks that never leave their function (references, above all) into variables. A field that is
 * assigned under a trap stays, for the handler to see.
 */
public final class PromoteBlocks implements Pass {
  @Override
  public String name() {
    return "promote";
  }

  @Override
  public void run(Program program) {
    program.functions().forEach(function -> new Run(function).run());
  }

  /** One field of one block. */
  private record Cell(Var block, int field) {}

  private static final class Run {
    private final Function function;
    private final Cfg cfg;
    private final Map<Var, Instr> made = new HashMap<>();
    private final Map<Block, Map<Cell, Var>> atEnd = new HashMap<>();
    private final Map<Block, Map<Cell, Var>> atStart = new HashMap<>();
    private final Deque<Runnable> pending = new ArrayDeque<>();
    private final Map<Var, Var> same = new HashMap<>();

    Run(Function function) {
      this.function = function;
      this.cfg = new Cfg(function);
    }

    void run() {
      findCandidates();
      if (made.isEmpty()) {
        return;
      }
      function.blocks().retainAll(new HashSet<>(cfg.reversePostorder()));
      for (Block block : cfg.reversePostorder()) {
        atEnd.put(block, rewrite(block));
      }
      while (!pending.isEmpty()) {
        pending.poll().run();
      }
      Rewrite.uses(function, this::resolve);
    }

    private Var resolve(Var var) {
      Var value = var;
      while (same.containsKey(value)) {
        value = same.get(value);
      }
      return value;
    }

    private void findCandidates() {
      Map<Var, Block> home = new HashMap<>();
      Set<Var> escaped = new HashSet<>();
      for (Block block : cfg.reversePostorder()) {
        for (Instr instr : block.body()) {
          if (instr.op() == Op.BLOCK) {
            made.put(instr.dest(), instr);
            home.put(instr.dest(), block);
          }
        }
      }
      Traps traps = new Traps(function);
      for (Block block : cfg.reversePostorder()) {
        for (Instr instr : block.body()) {
          escapes(instr, escaped);
          boolean sets = instr.op() == Op.SET_FIELD || instr.op() == Op.OFFSET_REF;
          if (sets && home.containsKey(instr.arg(0))) {
            boolean sameTraps = traps.around(block).equals(traps.around(home.get(instr.arg(0))));
            if (!sameTraps) {
              escaped.add(instr.arg(0));
            }
          }
        }
        escaped.addAll(block.end().uses());
        for (Edge edge : block.end().edges()) {
          escaped.addAll(List.of(edge.args()));
        }
      }
      made.keySet().removeAll(escaped);
    }

    private void escapes(Instr instr, Set<Var> escaped) {
      Instr block = instr.args().length > 0 ? made.get(instr.arg(0)) : null;
      boolean access =
          switch (instr.op()) {
            case FIELD, SET_FIELD -> block != null && instr.intImm() < block.args().length;
            case OFFSET_REF -> block != null;
            default -> false;
          };
      Var[] args = instr.args();
      escaped.addAll(List.of(access ? Arrays.copyOfRange(args, 1, args.length) : args));
    }

    /** Returns what the cells hold at the block's end. */
    private Map<Cell, Var> rewrite(Block block) {
      Map<Cell, Var> now = new HashMap<>();
      List<Instr> body = new ArrayList<>();
      for (Instr instr : block.body()) {
        Var base =
            instr.op() == Op.BLOCK ? instr.dest() : instr.args().length > 0 ? instr.arg(0) : null;
        if (!made.containsKey(base)) {
          body.add(instr);
          continue;
        }
        switch (instr.op()) {
          case BLOCK -> {
            for (int i = 0; i < instr.args().length; i++) {
              now.put(new Cell(base, i), instr.arg(i));
            }
          }
          case FIELD -> same.put(instr.dest(), read(block, now, new Cell(base, instr.intImm())));
          case SET_FIELD -> now.put(new Cell(base, instr.intImm()), instr.arg(1));
          default -> {
            Cell cell = new Cell(base, 0);
            Var by = function.newVar(Type.VALUE);
            Var sum = function.newVar(Type.VALUE);
            body.add(Instr.of(Op.INT, by, instr.intImm(), instr.pc()));
            body.add(Instr.of(Op.ADD, sum, null, instr.pc(), read(block, now, cell), by));
            now.put(cell, sum);
          }
        }
      }
      block.body().clear();
      block.body().addAll(body);
      return now;
    }

    private Var read(Block block, Map<Cell, Var> now, Cell cell) {
      Var known = now.get(cell);
      return known != null ? known : incoming(block, cell);
    }

    private Var incoming(Block block, Cell cell) {
      Map<Cell, Var> names = atStart.computeIfAbsent(block, b -> new HashMap<>());
      Var known = names.get(cell);
      if (known == null) {
        known = function.newVar(Type.VALUE);
        names.put(cell, known);
        Var name = known;
        pending.add(() -> bind(block, cell, name));
      }
      return known;
    }

    private void bind(Block block, Cell cell, Var name) {
      List<Block> predecessors = cfg.predecessors(block);
      if (predecessors.size() == 1) {
        same.put(name, outgoing(predecessors.get(0), cell));
        return;
      }
      block.params().add(name);
      for (Block predecessor : new LinkedHashSet<>(predecessors)) {
        Var value = outgoing(predecessor, cell);
        predecessor.setEnd(
            predecessor
                .end()
                .map(v -> v, edge -> edge.target() == block ? edge.with(value) : edge));
      }
    }

    private Var outgoing(Block block, Cell cell) {
      Var value = atEnd.get(block).get(cell);
      return value != null ? value : incoming(block, cell);
    }
  }
}
