// SPDX-License-Identifier: Apache-2.0
package mirage.backend.pass;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import mirage.backend.ir.Block;
import mirage.backend.ir.ClosureSet;
import mirage.backend.ir.Edge;
import mirage.backend.ir.End;
import mirage.backend.ir.Function;
import mirage.backend.ir.Instr;
import mirage.backend.ir.Member;
import mirage.backend.ir.Op;
import mirage.backend.ir.Pass;
import mirage.backend.ir.Primitive;
import mirage.backend.ir.Program;
import mirage.backend.ir.Static;
import mirage.backend.ir.Var;
import mirage.formats.OcamlValue;

/**
 * Removes cases for constructors nobody applies: those of a tag for which the code that can be reached makes no block with
 * as many fields as the case reads. Code is taken to be reached only through cases that are possible, so what a case
 * itself makes does not keep it. Interpreters of large types, of formats above all, lose what a program does not use.
 *
 * <p>C code may make blocks too. Of the run-time system's primitives it is known which do; where a program has a primitive
 * of somebody else, nothing is removed.
 */
public final class ImpossibleCases implements Pass {
  /** Tags from here on are those of the run-time system: objects, closures, strings, ... */
  private static final int SPECIAL_TAGS = 240;

  /** Makes {@code Known_location} (0) and {@code Unknown_location} (1). */
  private static final Pattern BACKTRACES = Pattern.compile("caml_convert_raw_backtrace.*");

  @Override
  public String name() {
    return "cases";
  }

  @Override
  public void run(Program program) {
    Run run = new Run(program);
    if (run.explore()) {
      run.remove();
    }
  }

  /** A case that nothing is known to come to yet. */
  private record Waiting(Function function, Edge edge, int size) {}

  private record Place(Function function, Block block) {}

  private static final class Run {
    private final Program program;
    private final Map<Integer, Integer> made = new HashMap<>();
    private final Map<Integer, List<Waiting>> waiting = new HashMap<>();
    private final Set<OcamlValue> constants = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Block> reached = new HashSet<>();
    private final PlainPrimitives plain = PlainPrimitives.read();
    private final Deque<Place> todo = new ArrayDeque<>();
    private boolean anything;

    Run(Program program) {
      this.program = program;
    }

    /** Finds what is reached; false when C code may make any block. */
    boolean explore() {
      reach(program.main());
      while (!todo.isEmpty() && !anything) {
        Place place = todo.pop();
        for (Instr instr : place.block().body()) {
          visit(instr, place);
        }
        end(place.function(), place.block().end());
      }
      return !anything;
    }

    private void reach(Function function) {
      reach(function, function.entry());
    }

    private void reach(Function function, Block block) {
      if (reached.add(block)) {
        todo.push(new Place(function, block));
      }
    }

    private void visit(Instr instr, Place place) {
      if (instr.imm() instanceof ClosureSet set) {
        set.functions().forEach(this::reach);
      } else if (instr.imm() instanceof Member member) {
        reach(member.function());
      } else if (instr.imm() instanceof Function function) {
        reach(function);
      } else if (instr.imm() instanceof Static constant) {
        constant(constant.value());
      }
      switch (instr.op()) {
        case BLOCK -> make(instr.intImm(), instr.args().length);
        case GLOBAL -> {
          if (instr.intImm() < program.globals().size()) {
            constant(program.globals().get(instr.intImm()));
          }
        }
        case C_CALL -> primitive(instr, place);
        default -> {}
      }
    }

    private void primitive(Instr instr, Place place) {
      String name = ((Primitive) instr.imm()).name();
      if (BACKTRACES.matcher(name).matches()) {
        make(1, 1);
      } else if (name.equals("caml_obj_block")) {
        anything |= !hasSpecialTag(instr, place.block());
      } else {
        anything |= !plain.contains(name);
      }
    }

    private static boolean hasSpecialTag(Instr call, Block block) {
      return block.body().stream()
          .anyMatch(i -> i.dest() == call.arg(0) && i.op() == Op.INT && i.intImm() >= SPECIAL_TAGS);
    }

    private void constant(OcamlValue value) {
      if (value instanceof OcamlValue.Block block && constants.add(block)) {
        make(block.tag(), block.size());
        for (int i = 0; i < block.size(); i++) {
          constant(block.field(i));
        }
      }
    }

    private void make(int tag, int size) {
      if (made.getOrDefault(tag, -1) >= size) {
        return;
      }
      made.put(tag, size);
      List<Waiting> cases = waiting.getOrDefault(tag, List.of());
      for (Waiting one : List.copyOf(cases)) {
        if (one.size() <= size) {
          cases.remove(one);
          reach(one.function(), one.edge().target());
        }
      }
    }

    private void end(Function function, End end) {
      if (end instanceof End.TailCall tail && tail.function() != null) {
        reach(tail.function());
      }
      if (!(end instanceof End.Switch choice)) {
        end.edges().forEach(edge -> reach(function, edge.target()));
        return;
      }
      choice.integers().forEach(edge -> reach(function, edge.target()));
      for (int tag = 0; tag < choice.tags().size(); tag++) {
        Edge edge = choice.tags().get(tag);
        if (possible(tag, choice.on(), edge)) {
          reach(function, edge.target());
        } else {
          Waiting one = new Waiting(function, edge, fieldsRead(choice.on(), edge));
          waiting.computeIfAbsent(tag, t -> new ArrayList<>()).add(one);
        }
      }
    }

    private boolean possible(int tag, Var on, Edge edge) {
      return tag == 0 || tag >= SPECIAL_TAGS || made.getOrDefault(tag, -1) >= fieldsRead(on, edge);
    }

    /** How many fields a block has to have for what the case does at once. */
    private static int fieldsRead(Var on, Edge edge) {
      int least = 0;
      for (Instr instr : edge.target().body()) {
        if (instr.op() == Op.FIELD && is(instr.arg(0), on, edge)) {
          least = Math.max(least, instr.intImm() + 1);
        }
      }
      return least;
    }

    private static boolean is(Var var, Var on, Edge edge) {
      int param = edge.target().params().indexOf(var);
      return var == on || param >= 0 && edge.args()[param] == on;
    }

    /** An impossible case goes where some possible one does. */
    private void remove() {
      for (Function function : program.functions()) {
        for (Block block : function.blocks()) {
          if (reached.contains(block) && block.end() instanceof End.Switch choice) {
            remove(block, choice);
          }
        }
      }
    }

    private void remove(Block block, End.Switch choice) {
      List<Edge> tags = new ArrayList<>(choice.tags());
      Edge other = null;
      for (int tag = 0; tag < tags.size(); tag++) {
        other = possible(tag, choice.on(), tags.get(tag)) ? tags.get(tag) : other;
      }
      if (other == null) {
        // No block comes here.
        other = choice.integers().isEmpty() ? null : choice.integers().get(0);
      }
      for (int tag = 0; tag < tags.size() && other != null; tag++) {
        if (!possible(tag, choice.on(), tags.get(tag))) {
          tags.set(tag, other);
        }
      }
      block.setEnd(new End.Switch(choice.on(), choice.integers(), tags));
    }
  }
}
