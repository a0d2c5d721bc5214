// SPDX-License-Identifier: Apache-2.0
package mirage.backend.pass;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mirage.backend.ir.Block;
import mirage.backend.ir.Cfg;
import mirage.backend.ir.ClosureSet;
import mirage.backend.ir.Edge;
import mirage.backend.ir.End;
import mirage.backend.ir.Function;
import mirage.backend.ir.Instr;
import mirage.backend.ir.Member;
import mirage.backend.ir.Op;
import mirage.backend.ir.Pass;
import mirage.backend.ir.Program;
import mirage.backend.ir.Var;

/**
 * Removes what nobody uses: instructions without effect, block parameters, globals that are only set, fields of
 * modules nobody reads, classes, and functions nobody refers to.
 */
public final class DeadCode implements Pass {
  /** The pass is repeated while it removes more than one part in so many: the rest is left to the next time it runs. */
  private static final int ENOUGH = 50;

  @Override
  public String name() {
    return "dead";
  }

  @Override
  public void run(Program program) {
    int before;
    do {
      before = size(program);
      keepReferencedFunctions(program);
      Set<Integer> read = globalsRead(program);
      KnownValues known = new KnownValues(program);
      Map<Var, Set<Integer>> fields = fieldsRead(program, known);
      Removable removable = Removable.of(program, known);
      for (Function function : program.functions()) {
        clearUnreadFields(function, known, fields);
        removeUnused(function, read, removable);
      }
    } while (size(program) < before - before / ENOUGH);
  }

  private static int size(Program program) {
    int size = 0;
    for (Function function : program.functions()) {
      for (Block block : function.blocks()) {
        size += 1 + block.body().size() + block.params().size();
      }
    }
    return size;
  }

  private static Set<Integer> globalsRead(Program program) {
    Set<Integer> read = new HashSet<>();
    forEach(
        program,
        instr -> {
          if (instr.op() == Op.GLOBAL) {
            read.add(instr.intImm());
          }
        });
    return read;
  }

  /** For each block that is followed everywhere, the fields that are read. */
  private static Map<Var, Set<Integer>> fieldsRead(Program program, KnownValues known) {
    Map<Var, Set<Integer>> read = new HashMap<>();
    forEach(
        program,
        instr -> {
          boolean items = ArrayReads.test(instr);
          if ((items || instr.op() == Op.FIELD)
              && known.of(instr.arg(0)) instanceof Known.Block block) {
            Set<Integer> of = read.computeIfAbsent(block.made().dest(), b -> new HashSet<>());
            for (int i = 0; items && i < block.fields().length; i++) {
              of.add(i);
            }
            if (!items) {
              of.add(instr.intImm());
            }
          }
        });
    return read;
  }

  private static void forEach(Program program, java.util.function.Consumer<Instr> action) {
    for (Function function : program.functions()) {
      for (Block block : function.blocks()) {
        block.body().forEach(action);
      }
    }
  }

  private static void clearUnreadFields(
      Function function, KnownValues known, Map<Var, Set<Integer>> fields) {
    for (Block block : function.blocks()) {
      List<Instr> body = new ArrayList<>();
      for (Instr instr : block.body()) {
        if (instr.op() == Op.BLOCK && known.followed(instr.dest())) {
          Set<Integer> read = fields.getOrDefault(instr.dest(), Set.of());
          Var[] args = instr.args().clone();
          Var nothing = null;
          for (int i = 0; i < args.length; i++) {
            if (!read.contains(i) && !(known.of(args[i]) instanceof Known.Int)) {
              if (nothing == null) {
                nothing = function.newVar(args[i].type());
                body.add(Instr.of(Op.INT, nothing, 0, -1));
              }
              args[i] = nothing;
            }
          }
          body.add(instr.withArgs(args));
        } else {
          body.add(instr);
        }
      }
      block.body().clear();
      block.body().addAll(body);
    }
  }

  /** Keeps what is needed by effects and control flow, following uses backwards. */
  private static void removeUnused(
      Function function, Set<Integer> globalsRead, Removable removable) {
    Cfg cfg = new Cfg(function);
    function.blocks().retainAll(cfg.reversePostorder());
    Map<Var, Instr> definitions = new HashMap<>();
    Map<Var, List<Var>> flows = new HashMap<>();
    Deque<Var> todo = new ArrayDeque<>();
    for (Block block : function.blocks()) {
      block.body().removeIf(i -> i.op() == Op.SET_GLOBAL && !globalsRead.contains(i.intImm()));
      for (Instr instr : block.body()) {
        if (instr.dest() != null) {
          definitions.put(instr.dest(), instr);
        }
        if (!removable.test(instr)) {
          todo.addAll(List.of(instr.args()));
        }
      }
      todo.addAll(block.end().uses());
      for (Edge edge : block.end().edges()) {
        for (int i = 0; i < edge.args().length; i++) {
          flows
              .computeIfAbsent(edge.target().params().get(i), p -> new ArrayList<>())
              .add(edge.args()[i]);
        }
      }
    }
    Set<Var> needed = new HashSet<>();
    while (!todo.isEmpty()) {
      Var var = todo.pop();
      if (needed.add(var)) {
        if (definitions.containsKey(var)) {
          todo.addAll(List.of(definitions.get(var).args()));
        }
        todo.addAll(flows.getOrDefault(var, List.of()));
      }
    }
    drop(function, needed, flows.keySet(), removable);
  }

  private static void drop(
      Function function, Set<Var> needed, Set<Var> flowing, Removable removable) {
    for (Block block : function.blocks()) {
      block.body().removeIf(i -> removable.test(i) && !needed.contains(i.dest()));
      block.setEnd(block.end().map(v -> v, edge -> keep(edge, needed)));
    }
    for (Block block : function.blocks()) {
      block.params().removeIf(param -> flowing.contains(param) && !needed.contains(param));
    }
  }

  private static Edge keep(Edge edge, Set<Var> needed) {
    List<Var> kept = new ArrayList<>();
    for (int i = 0; i < edge.args().length; i++) {
      if (needed.contains(edge.target().params().get(i))) {
        kept.add(edge.args()[i]);
      }
    }
    return new Edge(edge.target(), kept.toArray(Var[]::new));
  }

  private static void keepReferencedFunctions(Program program) {
    Set<Function> reached = new LinkedHashSet<>(List.of(program.main()));
    Deque<Function> todo = new ArrayDeque<>(reached);
    while (!todo.isEmpty()) {
      for (Block block : todo.pop().blocks()) {
        List<Function> found = new ArrayList<>();
        for (Instr instr : block.body()) {
          if (instr.imm() instanceof ClosureSet set) {
            found.addAll(set.functions());
          } else if (instr.imm() instanceof Member member) {
            found.add(member.function());
          } else if (instr.imm() instanceof Function callee) {
            found.add(callee);
          }
        }
        if (block.end() instanceof End.TailCall tail && tail.function() != null) {
          found.add(tail.function());
        }
        for (Function function : found) {
          if (reached.add(function)) {
            todo.push(function);
          }
        }
      }
    }
    program.functions().retainAll(reached);
  }
}
