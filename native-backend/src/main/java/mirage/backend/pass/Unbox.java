// SPDX-License-Identifier: Apache-2.0
package mirage.backend.pass;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mirage.backend.ir.Block;
import mirage.backend.ir.Boxed;
import mirage.backend.ir.Edge;
import mirage.backend.ir.Function;
import mirage.backend.ir.Instr;
import mirage.backend.ir.Op;
import mirage.backend.ir.Pass;
import mirage.backend.ir.Program;
import mirage.backend.ir.Rewrite;
import mirage.backend.ir.Static;
import mirage.backend.ir.Type;
import mirage.backend.ir.Var;
import mirage.formats.OcamlValue;

/**
 * Keeps numbers in registers between operations: taking apart what was just boxed gives its words, and
 * parameters of blocks carry words instead of boxes. Boxes that are left are made by {@link DeadCode}'s
 * standards only when something needs them.
 */
public final class Unbox implements Pass {
  @Override
  public String name() {
    return "unbox";
  }

  @Override
  public void run(Program program) {
    program.functions().forEach(function -> new Run(function).run());
  }

  private static final class Run {
    private final Function function;
    private final Map<Var, Instr> made = new LinkedHashMap<>();
    private final Map<Var, List<Var>> incoming = new LinkedHashMap<>();
    private final Map<Var, Boxed> kinds = new LinkedHashMap<>();
    private final Set<Var> boxedUse = new HashSet<>();
    private final Map<Var, Var[]> words = new LinkedHashMap<>();

    Run(Function function) {
      this.function = function;
    }

    void run() {
      collect();
      if (made.isEmpty() && kinds.isEmpty()) {
        return;
      }
      chooseParameters();
      replaceParameters();
      forward();
    }

    private void collect() {
      for (Block block : function.blocks()) {
        for (Instr instr : block.body()) {
          if (instr.op() == Op.BOX || kindOf(instr) != null) {
            made.put(instr.dest(), instr);
          }
          if (instr.op() == Op.UNBOX) {
            kinds.putIfAbsent(instr.arg(0), ((Boxed.Part) instr.imm()).kind());
          } else {
            boxedUse.addAll(List.of(instr.args()));
          }
        }
        boxedUse.addAll(block.end().uses());
        for (Edge edge : block.end().edges()) {
          for (int i = 0; i < edge.args().length; i++) {
            Var param = edge.target().params().get(i);
            incoming.computeIfAbsent(param, p -> new ArrayList<>()).add(edge.args()[i]);
          }
        }
      }
    }

    /** The kind of number an instruction makes, if that is known. */
    private static Boxed kindOf(Instr instr) {
      if (instr.op() == Op.BOX) {
        return (Boxed) instr.imm();
      } else if (instr.op() == Op.STATIC) {
        OcamlValue value = ((Static) instr.imm()).value();
        if (value instanceof OcamlValue.Real) {
          return Boxed.FLOAT;
        } else if (value instanceof OcamlValue.Boxed boxed) {
          return Boxed.valueOf(boxed.type().name());
        }
      }
      return null;
    }

    /** Leaves in {@link #kinds} the parameters to carry words. */
    private void chooseParameters() {
      kinds.keySet().retainAll(incoming.keySet());
      boolean changed = true;
      while (changed) {
        changed = false;
        for (Map.Entry<Var, List<Var>> flow : incoming.entrySet()) {
          Boxed kind = kinds.get(flow.getKey());
          for (Var from : flow.getValue()) {
            if (kind != null && incoming.containsKey(from) && !kinds.containsKey(from)) {
              kinds.put(from, kind);
              changed = true;
            }
          }
        }
      }
      changed = true;
      while (changed) {
        changed = false;
        for (Map.Entry<Var, List<Var>> flow : incoming.entrySet()) {
          Var param = flow.getKey();
          boolean boxed = boxedUse.contains(param) || !kinds.containsKey(param);
          for (Var from : flow.getValue()) {
            changed |= boxed && incoming.containsKey(from) && boxedUse.add(from);
          }
          changed |= kinds.containsKey(param) && !fits(param, flow.getValue()) && drop(param);
        }
      }
    }

    private boolean drop(Var param) {
      return kinds.remove(param) != null;
    }

    /** A value of unknown origin can be taken apart when it is surely a number, or nothing else uses it. */
    private boolean fits(Var param, List<Var> values) {
      Boxed kind = kinds.get(param);
      boolean any = false;
      for (Var value : values) {
        Instr instr = made.get(value);
        if (instr != null && kindOf(instr) != kind) {
          return false;
        }
        boolean known = instr != null || kinds.get(value) == kind;
        any |= instr != null && instr.op() == Op.BOX || value != param && kinds.get(value) == kind;
        if (!known && boxedUse.contains(param)) {
          return false;
        }
      }
      return any;
    }

    private void replaceParameters() {
      for (Var param : kinds.keySet()) {
        Var[] parts = new Var[kinds.get(param).words()];
        for (int i = 0; i < parts.length; i++) {
          parts[i] = function.newVar(Type.WORD);
        }
        words.put(param, parts);
      }
      for (Block block : function.blocks()) {
        block.setEnd(block.end().map(v -> v, edge -> edge(block, edge)));
      }
      for (Block block : function.blocks()) {
        List<Var> params = new ArrayList<>();
        for (Var param : block.params()) {
          if (words.containsKey(param)) {
            params.addAll(List.of(words.get(param)));
            Instr box = new Instr(Op.BOX, param, words.get(param), kinds.get(param), -1);
            block.body().add(0, box);
            made.put(param, box);
          } else {
            params.add(param);
          }
        }
        block.params().clear();
        block.params().addAll(params);
      }
    }

    private Edge edge(Block block, Edge edge) {
      List<Var> args = new ArrayList<>();
      for (int i = 0; i < edge.args().length; i++) {
        Var param = edge.target().params().get(i);
        Var arg = edge.args()[i];
        if (words.containsKey(param)) {
          args.addAll(List.of(parts(block, arg, kinds.get(param))));
        } else {
          args.add(arg);
        }
      }
      return new Edge(edge.target(), args.toArray(Var[]::new));
    }

    private Var[] parts(Block block, Var value, Boxed kind) {
      if (words.containsKey(value)) {
        return words.get(value);
      }
      Instr instr = made.get(value);
      if (instr != null && instr.op() == Op.BOX) {
        return instr.args();
      }
      Var[] parts = new Var[kind.words()];
      Op op = instr == null ? Op.UNBOX_ANY : Op.UNBOX;
      for (int i = 0; i < parts.length; i++) {
        parts[i] = function.newVar(Type.WORD);
        block.body().add(Instr.of(op, parts[i], new Boxed.Part(kind, i), -1, value));
      }
      return parts;
    }

    /** Words of boxes made in this function, and of constants. */
    private void forward() {
      Map<Var, Var> same = new LinkedHashMap<>();
      for (Block block : function.blocks()) {
        List<Instr> body = block.body();
        for (int i = 0; i < body.size(); i++) {
          Instr instr = body.get(i);
          Instr box = instr.op() == Op.UNBOX ? made.get(instr.arg(0)) : null;
          Boxed.Part part = box == null ? null : (Boxed.Part) instr.imm();
          if (box != null && box.op() == Op.BOX && box.imm() == part.kind()) {
            same.put(instr.dest(), box.arg(part.word()));
          } else if (box != null && box.op() == Op.STATIC && kindOf(box) == part.kind()) {
            int word = word(((Static) box.imm()).value(), part.word());
            body.set(i, Instr.of(Op.W_CONST, instr.dest(), word, instr.pc()));
          }
        }
        body.removeIf(instr -> same.containsKey(instr.dest()));
      }
      Rewrite.uses(function, var -> resolve(var, same));
    }

    private static Var resolve(Var var, Map<Var, Var> same) {
      Var value = var;
      while (same.containsKey(value)) {
        value = same.get(value);
      }
      return value;
    }

    private static int word(OcamlValue value, int word) {
      long bits =
          value instanceof OcamlValue.Real real
              ? Double.doubleToRawLongBits(real.value())
              : ((OcamlValue.Boxed) value).value();
      return (int) (word == 0 ? bits : bits >>> 32);
    }
  }
}
