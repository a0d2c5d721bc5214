// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.program;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import mirage.bindings.program.Definition.Kind;
import mirage.formats.BytecodeFile;
import mirage.formats.BytecodeOp;
import mirage.tools.MirageException;

/**
 * Which instructions and globals a program can ever use. A function is used when a closure of it is demanded: by
 * initialisation code that does more than store it, or by a used function that reads the field of the module where it
 * is stored. Functions that nothing demands are not created; their code goes.
 */
final class Reachability {
  /** Primitives that hand out the table of globals or code by number: with one of them all is used. */
  private static final Set<String> OPEN_WORLD =
      Set.of("caml_get_global_data", "caml_reify_bytecode", "caml_realloc_global");

  /** Predefined exceptions; the C runtime finds them by number (runtime/caml/fail.h). */
  private static final int PREDEFINED = 12;

  private record Demand(Definition definition, List<Integer> path) {}

  private final BytecodeFile file;
  private final int[] code;
  private final BitSet targets = new BitSet();
  private final BitSet kept = new BitSet();
  private final BitSet globals = new BitSet();
  private final Map<Integer, int[]> replacements = new TreeMap<>();
  private final Map<Integer, Definition> stored = new HashMap<>();
  private final Map<Definition, Set<List<Integer>>> demanded = new IdentityHashMap<>();
  private final Deque<Demand> demands = new ArrayDeque<>();
  private final Deque<Integer> todo = new ArrayDeque<>();

  private Reachability(BytecodeFile file) {
    this.file = file;
    this.code = file.code();
  }

  /** Finds what is used. */
  static Reachability of(BytecodeFile file) {
    Reachability result = new Reachability(file);
    result.findTargets();
    if (result.isOpenWorld()) {
      result.keepAll();
    } else {
      result.analyse();
    }
    return result;
  }

  /** Everything, for comparison and for debugging. */
  static Reachability everything(BytecodeFile file) {
    Reachability result = new Reachability(file);
    result.findTargets();
    result.keepAll();
    return result;
  }

  /** First words of the instructions that stay, changed or not. */
  BitSet kept() {
    return kept;
  }

  /** Globals that instructions which stay refer to. */
  BitSet globals() {
    return globals;
  }

  /** Shorter instructions, without labels, that take the place of some that stay; by first word. */
  Map<Integer, int[]> replacements() {
    return replacements;
  }

  /** First words of instructions that labels name. */
  BitSet targets() {
    return targets;
  }

  private void keepAll() {
    for (int pc = 0; pc < code.length; pc += BytecodeOp.of(code[pc]).length(code, pc)) {
      kept.set(pc);
    }
    globals.set(0, file.data().size());
  }

  private boolean isOpenWorld() {
    for (int pc = 0; pc < code.length; pc += BytecodeOp.of(code[pc]).length(code, pc)) {
      int primitive = Primitives.operand(code, pc);
      if (primitive >= 0 && OPEN_WORLD.contains(file.primitives().get(code[primitive]))) {
        return true;
      }
    }
    return false;
  }

  private void findTargets() {
    for (int pc = 0; pc < code.length; pc += BytecodeOp.of(code[pc]).length(code, pc)) {
      Label.of(code, pc).forEach(label -> targets.set(label.target(code)));
    }
  }

  private void analyse() {
    Initialisation initialisation = new Initialisation(code, targets);
    try {
      initialisation.run();
    } catch (IllegalStateException | IndexOutOfBoundsException e) {
      throw new MirageException(
          file.file() + ": initialisation code is not what a compiler makes: " + e.getMessage(), e);
    }
    stored.putAll(initialisation.globals());
    kept.or(initialisation.visited());
    initialisation.needed().forEach(definition -> demand(definition, List.of()));
    while (!demands.isEmpty() || !todo.isEmpty()) {
      if (!demands.isEmpty()) {
        satisfy(demands.remove());
      } else {
        visit(todo.remove());
      }
    }
    initialisation.made().forEach(this::replaceUnlessDemanded);
    keepGlobals();
  }

  private void demand(Definition definition, List<Integer> path) {
    if (definition.kind() == Kind.OPAQUE) {
      return;
    }
    Set<List<Integer>> paths = demanded.computeIfAbsent(definition, d -> new HashSet<>());
    if (!paths.contains(List.<Integer>of()) && paths.add(path)) {
      demands.add(new Demand(definition, path));
    }
  }

  private void satisfy(Demand demand) {
    Definition definition = demand.definition();
    List<Integer> path = demand.path();
    switch (definition.kind()) {
      case OPAQUE -> {}
      case GLOBAL -> {
        Definition content = stored.get(definition.index());
        if (content != null) {
          demand(content, path);
        }
      }
      case FIELD -> {
        List<Integer> longer = new ArrayList<>();
        longer.add(definition.index());
        longer.addAll(path);
        demand(definition.operands().get(0), longer);
      }
      case BLOCK -> {
        if (path.isEmpty()) {
          definition.operands().forEach(operand -> demand(operand, List.of()));
        } else if (path.get(0) < definition.operands().size()) {
          demand(definition.operands().get(path.get(0)), path.subList(1, path.size()));
        }
      }
      case JOIN -> List.copyOf(definition.operands()).forEach(operand -> demand(operand, path));
      case CLOSURE -> {
        definition.operands().forEach(operand -> demand(operand, List.of()));
        Label.of(code, definition.pc()).forEach(label -> todo.add(label.target(code)));
      }
    }
  }

  /** Follows the code of a used function from {@code pc} on. */
  private void visit(int pc) {
    while (!kept.get(pc)) {
      kept.set(pc);
      BytecodeOp op = BytecodeOp.of(code[pc]);
      int end = pc + op.length(code, pc);
      if (op == BytecodeOp.GRAB) {
        // A partial application resumes at the RESTART in front of GRAB.
        kept.set(pc - 1);
      }
      Label.of(code, pc).forEach(label -> todo.add(label.target(code)));
      if (op.shape() == BytecodeOp.Shape.GLOBAL || op.shape() == BytecodeOp.Shape.GLOBAL_NUMBER) {
        demandGlobal(op, pc, end);
      }
      if (op.flow() == BytecodeOp.Flow.JUMP || op.flow() == BytecodeOp.Flow.END) {
        return;
      }
      pc = end;
    }
  }

  /** A field of a global, perhaps followed by fields of that: only what lies there is demanded. */
  private void demandGlobal(BytecodeOp op, int pc, int end) {
    List<Integer> path = new ArrayList<>();
    if (op.shape() == BytecodeOp.Shape.GLOBAL_NUMBER) {
      path.add(code[pc + 2]);
    }
    int next = end;
    while (next < code.length && !targets.get(next)) {
      int field = field(next);
      if (field < 0) {
        break;
      }
      path.add(field);
      next += BytecodeOp.of(code[next]).length(code, next);
    }
    demand(new Definition(Kind.GLOBAL, -1, code[pc + 1], List.of()), List.copyOf(path));
  }

  private int field(int pc) {
    return switch (BytecodeOp.of(code[pc])) {
      case GETFIELD0 -> 0;
      case GETFIELD1 -> 1;
      case GETFIELD2 -> 2;
      case GETFIELD3 -> 3;
      case GETFIELD -> code[pc + 1];
      default -> -1;
    };
  }

  private void replaceUnlessDemanded(int pc, Definition definition) {
    if (demanded.containsKey(definition)) {
      return;
    }
    BytecodeOp op = BytecodeOp.of(code[pc]);
    int zero = BytecodeOp.CONST0.ordinal();
    switch (op) {
      case GETFIELD0, GETFIELD1, GETFIELD2, GETFIELD3, GETFIELD ->
          replacements.put(pc, new int[] {zero});
      case GETGLOBAL, GETGLOBALFIELD -> replacements.put(pc, new int[] {zero});
      case PUSHGETGLOBAL, PUSHGETGLOBALFIELD ->
          replacements.put(pc, new int[] {BytecodeOp.PUSHCONST0.ordinal()});
      case CLOSURE -> replacements.put(pc, dropped(code[pc + 1], 0));
      case CLOSUREREC -> replacements.put(pc, dropped(code[pc + 2], code[pc + 1]));
      default -> {}
    }
  }

  /** Takes captured values from the stack and leaves zeros where the closures would be. */
  private static int[] dropped(int captured, int pushed) {
    List<Integer> words = new ArrayList<>();
    if (captured > 1) {
      words.add(BytecodeOp.POP.ordinal());
      words.add(captured - 1);
    }
    words.add(BytecodeOp.CONST0.ordinal());
    for (int i = 0; i < pushed; i++) {
      words.add(BytecodeOp.PUSH.ordinal());
    }
    return words.stream().mapToInt(Integer::intValue).toArray();
  }

  private void keepGlobals() {
    globals.set(0, Math.min(PREDEFINED, file.data().size()));
    for (int pc = kept.nextSetBit(0); pc >= 0; pc = kept.nextSetBit(pc + 1)) {
      BytecodeOp.Shape shape = BytecodeOp.of(code[pc]).shape();
      if ((shape == BytecodeOp.Shape.GLOBAL || shape == BytecodeOp.Shape.GLOBAL_NUMBER)
          && !replacements.containsKey(pc)) {
        globals.set(code[pc + 1]);
      }
    }
  }
}
