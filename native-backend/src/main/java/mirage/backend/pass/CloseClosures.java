// SPDX-License-Identifier: Apache-2.0
package mirage.backend.pass;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mirage.backend.ir.Block;
import mirage.backend.ir.Captured;
import mirage.backend.ir.Cfg;
import mirage.backend.ir.ClosureSet;
import mirage.backend.ir.End;
import mirage.backend.ir.Function;
import mirage.backend.ir.Instr;
import mirage.backend.ir.Member;
import mirage.backend.ir.Op;
import mirage.backend.ir.Pass;
import mirage.backend.ir.Program;
import mirage.backend.ir.Rewrite;
import mirage.backend.ir.Sibling;
import mirage.backend.ir.Static;
import mirage.backend.ir.Var;

/**
 * Takes captured variables out of closures: those whose value is known become constants, those of the
 * toplevel (which runs once) become globals, as do fields of the toplevel's blocks, if they last anyway. A set that captures nothing any more is
 * closed: it needs no allocation, and its functions need no closure.
 */
public final class CloseClosures implements Pass {
  @Override
  public String name() {
    return "close";
  }

  @Override
  public void run(Program program) {
    new Run(program).run();
  }

  /** What becomes of one captured variable. */
  private sealed interface Fate {
    record Drop() implements Fate {}

    record Constant(Known value) implements Fate {}

    record Global(Integer index) implements Fate {}

    record Keep(int newIndex) implements Fate {}
  }

  private static final class Run {
    private final Program program;
    private final KnownValues known;
    private final LastingValues lasting;
    private final Set<ClosureSet> closed = new HashSet<>();
    private final Map<ClosureSet, List<Fate>> fates = new IdentityHashMap<>();
    private final Map<Var, Integer> promoted = new LinkedHashMap<>();
    private final Map<ClosureSet, Set<Integer>> used = new IdentityHashMap<>();
    private final Set<Var> onceInMain = new HashSet<>();
    private final Set<ClosureSet> sets = new LinkedHashSet<>();

    Run(Program program) {
      this.program = program;
      this.known = new KnownValues(program);
      this.lasting = new LastingValues(program.main());
    }

    void run() {
      findUses();
      findToplevelSites();
      boolean changed = true;
      while (changed) {
        changed = false;
        for (ClosureSet set : sets) {
          if (!closed.contains(set) && closes(set)) {
            closed.add(set);
            changed = true;
          }
        }
      }
      sets.forEach(set -> fates.put(set, fates(set)));
      program.functions().forEach(this::rewrite);
      program.functions().forEach(Run::dropClosures);
      setGlobals();
    }

    private void findUses() {
      for (Function function : program.functions()) {
        for (Block block : known.order(function)) {
          for (Instr instr : block.body()) {
            if (instr.op() == Op.CAPTURED) {
              Captured captured = (Captured) instr.imm();
              used.computeIfAbsent(captured.set(), s -> new HashSet<>()).add(captured.index());
            } else if (instr.op() == Op.CLOSURES) {
              sets.add((ClosureSet) instr.imm());
            }
          }
        }
      }
    }

    /** Closures made by toplevel code that is not in a loop are made once. */
    private void findToplevelSites() {
      Cfg cfg = new Cfg(program.main());
      for (Block block : cfg.reversePostorder()) {
        if (!cfg.inLoop(block)) {
          for (Instr instr : block.body()) {
            if (instr.op() == Op.CLOSURES || instr.op() == Op.BLOCK) {
              onceInMain.add(instr.dest());
            }
          }
        }
      }
    }

    /** Whether a captured variable may be a global: it has one value, and the global keeps nothing that would be garbage. */
    private boolean promotable(ClosureSet set, int index) {
      List<Instr> sites = known.sites(set);
      return sites.size() == 1
          && onceInMain.contains(sites.get(0).dest())
          && lasting.contains(sites.get(0).arg(index));
    }

    private boolean closes(ClosureSet set) {
      for (int index : used.getOrDefault(set, Set.of())) {
        if (!promotable(set, index) && !isConstant(capturedValue(set, index))) {
          return false;
        }
      }
      return true;
    }

    private Known capturedValue(ClosureSet set, int index) {
      Known value = null;
      for (Instr site : known.sites(set)) {
        value = Known.join(value, known.of(site.arg(index)));
      }
      return value == null ? Known.ANY : value;
    }

    private boolean isConstant(Known value) {
      return value instanceof Known.Int
          || value instanceof Known.Constant
          || value instanceof Known.Closure closure && closed.contains(closure.member().set());
    }

    private List<Fate> fates(ClosureSet set) {
      List<Fate> result = new ArrayList<>();
      int kept = 0;
      List<Instr> sites = known.sites(set);
      for (int i = 0; i < sites.get(0).args().length; i++) {
        Known value = capturedValue(set, i);
        if (!used.getOrDefault(set, Set.of()).contains(i)) {
          result.add(new Fate.Drop());
        } else if (isConstant(value)) {
          result.add(new Fate.Constant(value));
        } else if (promotable(set, i)) {
          result.add(new Fate.Global(global(sites.get(0).arg(i))));
        } else {
          result.add(new Fate.Keep(kept++));
        }
      }
      return result;
    }

    private void rewrite(Function function) {
      for (Block block : function.blocks()) {
        block.body().replaceAll(this::rewrite);
      }
      List<Var> params = function.entry().params();
      if (params.size() > function.arity()
          && known.of(params.get(function.arity())) instanceof Known.Closure self
          && closed.contains(self.member().set())) {
        Var before = params.remove(function.arity());
        Var after = function.newVar(before.type());
        Rewrite.uses(function, var -> var == before ? after : var);
        function.entry().body().add(0, new Instr(Op.CLOSED, after, new Var[0], self.member(), -1));
      }
    }

    /** Known calls of functions that need their closure no more do not pass it. */
    private static void dropClosures(Function function) {
      for (Block block : function.blocks()) {
        block
            .body()
            .replaceAll(
                instr ->
                    instr.op() == Op.CALL
                        ? instr.withArgs(needed((Function) instr.imm(), instr.args()))
                        : instr);
        if (block.end() instanceof End.TailCall tail && tail.function() != null) {
          Var[] args = needed(tail.function(), tail.args().toArray(Var[]::new));
          block.setEnd(new End.TailCall(tail.function(), List.of(args), tail.pc()));
        }
      }
    }

    private static Var[] needed(Function callee, Var[] args) {
      return Arrays.copyOf(args, Math.min(args.length, callee.entry().params().size()));
    }

    private Instr rewrite(Instr instr) {
      return switch (instr.op()) {
        case CAPTURED -> captured(instr, (Captured) instr.imm());
        case CLOSURES -> {
          ClosureSet set = (ClosureSet) instr.imm();
          yield closed.contains(set)
              ? constant(instr, new Known.Closure(new Member(set, 0)))
              : instr.withArgs(kept(instr, set));
        }
        case SIBLING -> {
          Sibling sibling = (Sibling) instr.imm();
          yield closed.contains(sibling.set())
              ? constant(instr, new Known.Closure(new Member(sibling.set(), sibling.to())))
              : instr;
        }
        case GLOBAL, FIELD, C_CALL -> {
          Known value = known.of(instr.dest());
          yield isConstant(value)
              ? constant(instr, value)
              : instr.op() == Op.FIELD ? field(instr) : instr;
        }
        default -> instr;
      };
    }

    /** A field of a toplevel block that is followed everywhere, a module above all, becomes a global. */
    private Instr field(Instr instr) {
      if (known.of(instr.arg(0)) instanceof Known.Block block
          && onceInMain.contains(block.made().dest())
          && instr.intImm() < block.fields().length
          && lasting.contains(block.fields()[instr.intImm()])) {
        Integer global = global(block.fields()[instr.intImm()]);
        return Instr.of(Op.GLOBAL, instr.dest(), global, instr.pc());
      }
      return instr;
    }

    /** The global of a variable that is promoted. */
    private Integer global(Var value) {
      return promoted.computeIfAbsent(value, v -> program.addGlobal());
    }

    private Var[] kept(Instr site, ClosureSet set) {
      List<Var> args = new ArrayList<>();
      for (int i = 0; i < site.args().length; i++) {
        if (fates.get(set).get(i) instanceof Fate.Keep) {
          args.add(site.arg(i));
        }
      }
      return args.toArray(Var[]::new);
    }

    private Instr captured(Instr instr, Captured captured) {
      List<Fate> of = fates.get(captured.set());
      if (of == null) {
        return instr;
      }
      Fate fate = of.get(captured.index());
      if (fate instanceof Fate.Constant constant) {
        return constant(instr, constant.value());
      } else if (fate instanceof Fate.Global global) {
        return Instr.of(Op.GLOBAL, instr.dest(), global.index(), instr.pc());
      } else if (fate instanceof Fate.Keep keep) {
        Captured moved = new Captured(captured.set(), captured.from(), keep.newIndex());
        return new Instr(Op.CAPTURED, instr.dest(), instr.args(), moved, instr.pc());
      }
      throw new IllegalStateException("captured variable " + captured + " is used but was dropped");
    }

    private Instr constant(Instr instr, Known value) {
      Var[] none = new Var[0];
      if (value instanceof Known.Int number) {
        return Instr.of(Op.INT, instr.dest(), number.value(), instr.pc());
      } else if (value instanceof Known.Constant constant) {
        return new Instr(Op.STATIC, instr.dest(), none, new Static(constant.value()), instr.pc());
      }
      Member member = ((Known.Closure) value).member();
      return new Instr(Op.CLOSED, instr.dest(), none, member, instr.pc());
    }

    /** Stores each promoted variable where it is defined. */
    private void setGlobals() {
      Map<Var, Integer> left = new HashMap<>(promoted);
      for (Block block : program.main().blocks()) {
        List<Instr> body = new ArrayList<>();
        for (Var param : block.params()) {
          addSetter(body, left.remove(param), param);
        }
        for (Instr instr : block.body()) {
          body.add(instr);
          if (instr.dest() != null) {
            addSetter(body, left.remove(instr.dest()), instr.dest());
          }
        }
        block.body().clear();
        block.body().addAll(body);
      }
    }

    private static void addSetter(List<Instr> body, Integer global, Var value) {
      if (global != null) {
        body.add(Instr.of(Op.SET_GLOBAL, null, global, -1, value));
      }
    }
  }
}
