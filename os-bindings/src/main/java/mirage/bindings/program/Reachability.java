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
import mirage.formats.Bytecode;
import mirage.formats.BytecodeFile;
import mirage.formats.BytecodeOp;
import mirage.formats.Instruction;
import mirage.formats.OcamlTags;
import mirage.formats.Operand;
import mirage.tools.MirageException;

/**
 * Which instructions and globals a program can ever use. A function is used when a closure of it is demanded: by
 * initialisation code that does more than store it, or by a used function that reads the field of the module where it
 * is stored. Functions that nothing demands are not created; their code goes. The result of a known function, such as a
 * functor, is followed too: of the module it makes, only what is demanded stays.
 */
final class Reachability {
  /** Primitives that hand out the table of globals or code by number: with one of them all is used. */
  private static final Set<String> OPEN_WORLD =
      Set.of("caml_get_global_data", "caml_reify_bytecode", "caml_realloc_global");

  /** In a path: not the value, only that what makes it is run. */
  private static final int NOTHING = Integer.MIN_VALUE;

  /** Longer paths are cut, which demands more; loops in the code could make them endless. */
  private static final int MAX_PATH = 8;

  /** In a path, a field's number, {@link #NOTHING}, or -n for the result of a call with n arguments. */
  private record Demand(Definition definition, List<Integer> path) {}

  private final BytecodeFile file;
  private final Bytecode code;
  private final BitSet targets = new BitSet();
  private final BitSet kept = new BitSet();
  private final BitSet globals = new BitSet();
  private final Map<Integer, int[]> replacements = new TreeMap<>();
  private final Map<Integer, Definition> stored = new HashMap<>();
  private final Map<Integer, Definition> made = new TreeMap<>();

  /** Functions that are used, by first word. */
  private final Map<Integer, SymbolicRun> functions = new HashMap<>();

  private final Map<Definition, Set<List<Integer>>> demanded = new IdentityHashMap<>();
  private final Deque<Demand> demands = new ArrayDeque<>();

  private Reachability(BytecodeFile file) {
    this.file = file;
    this.code = file.code();
  }

  /** Finds what is used. */
  static Reachability of(BytecodeFile file) {
    Reachability result = new Reachability(file);
    result.findTargets();
    result.analyse();
    return result.isOpenWorld() ? everything(file) : result;
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
    code.instructions().forEach(instruction -> kept.set(instruction.pc()));
    globals.set(0, file.data().size());
  }

  /** Whether what stays uses such a primitive. */
  private boolean isOpenWorld() {
    return kept.stream()
        .mapToObj(pc -> Primitives.of(file, code.at(pc)))
        .anyMatch(name -> name != null && OPEN_WORLD.contains(name));
  }

  private void findTargets() {
    for (Instruction instruction : code.instructions()) {
      for (int label : instruction.labels()) {
        targets.set(label);
      }
    }
  }

  private void analyse() {
    try {
      SymbolicRun initialisation = SymbolicRun.ofInitialisation(code, targets);
      stored.putAll(initialisation.globals());
      adopt(initialisation);
      while (!demands.isEmpty()) {
        satisfy(demands.remove());
      }
    } catch (IllegalStateException | IndexOutOfBoundsException e) {
      throw new MirageException(
          file.file() + ": code that no compiler makes: " + e.getMessage(), e);
    }
    made.forEach(this::replaceUnlessDemanded);
    replacements.keySet().stream().toList().forEach(this::mergePush);
    keepGlobals();
  }

  /** Code that was run stays, and demands what it needs itself. */
  private void adopt(SymbolicRun run) {
    kept.or(run.visited());
    made.putAll(run.made());
    run.needed().forEach(definition -> demand(definition, List.of()));
    for (Definition call : run.calls()) {
      demand(call.operands().get(0), List.of(-call.index(), NOTHING));
    }
  }

  private void demand(Definition definition, List<Integer> wanted) {
    if (definition.kind() == Kind.OPAQUE || !wanted.isEmpty() && wanted.get(0) == NOTHING) {
      return;
    }
    List<Integer> path =
        wanted.size() <= MAX_PATH ? wanted : List.copyOf(wanted.subList(0, MAX_PATH));
    Set<List<Integer>> paths = demanded.computeIfAbsent(definition, d -> new HashSet<>());
    if (!paths.contains(List.<Integer>of()) && paths.add(path)) {
      demands.add(new Demand(definition, path));
    }
  }

  private void satisfy(Demand demand) {
    Definition definition = demand.definition();
    List<Integer> path = demand.path();
    switch (definition.kind()) {
      case OPAQUE, CLOSURE -> {}
      case GLOBAL -> {
        Definition content = stored.get(definition.index());
        if (content != null) {
          demand(content, path);
        }
      }
      case FIELD -> demand(definition.operands().get(0), prefixed(definition.index(), path));
      case CALL -> demand(definition.operands().get(0), prefixed(-definition.index(), path));
      case BLOCK -> {
        if (path.isEmpty() || path.get(0) < 0) {
          definition.operands().forEach(operand -> demand(operand, List.of()));
        } else if (path.get(0) < definition.operands().size()) {
          demand(definition.operands().get(path.get(0)), path.subList(1, path.size()));
        }
      }
      case COPY -> demand(definition.operands().get(0), path);
      case JOIN -> List.copyOf(definition.operands()).forEach(operand -> demand(operand, path));
      case FUNCTION -> use(definition, path);
    }
  }

  private static List<Integer> prefixed(int first, List<Integer> path) {
    List<Integer> longer = new ArrayList<>();
    longer.add(first);
    longer.addAll(path);
    return longer;
  }

  /** A function that is called with a known use of its result, or whose uses are not known (empty path). */
  private void use(Definition function, List<Integer> path) {
    demand(function.operands().get(0), List.of());
    int entry = SymbolicRun.entry(code, function);
    SymbolicRun run = functions.get(entry);
    if (run == null) {
      run = SymbolicRun.ofFunction(code, targets, function);
      functions.put(entry, run);
      adopt(run);
    }
    demand(run.result(), ofResult(path, code.arity(entry)));
  }

  /**
   * What is demanded of a function's result when the path is demanded of the function: what is behind the call, or the
   * calls one after the other, that give it all its arguments. A call with more of them calls the result, too.
   */
  private static List<Integer> ofResult(List<Integer> path, int arity) {
    int missing = arity;
    for (int i = 0; i < path.size() && path.get(i) < 0; i++) {
      List<Integer> behind = path.subList(i + 1, path.size());
      if (path.get(i) == NOTHING) {
        return List.of(NOTHING);
      }
      missing += path.get(i);
      if (missing <= 0) {
        return missing == 0 ? behind : prefixed(missing, behind);
      }
    }
    return List.of();
  }

  private void replaceUnlessDemanded(int pc, Definition definition) {
    if (demanded.containsKey(definition)) {
      return;
    }
    Instruction instruction = code.at(pc);
    int zero = BytecodeOp.CONST0.ordinal();
    switch (instruction.op()) {
      case GETFIELD0, GETFIELD1, GETFIELD2, GETFIELD3, GETFIELD ->
          replacements.put(pc, new int[] {zero});
      case ACC, GETGLOBAL, GETGLOBALFIELD -> replacements.put(pc, new int[] {zero});
      case PUSHACC, PUSHGETGLOBAL, PUSHGETGLOBALFIELD ->
          replacements.put(pc, new int[] {BytecodeOp.PUSHCONST0.ordinal()});
      case CLOSURE -> replacements.put(pc, dropped(instruction.operand(0), 0));
      case CLOSUREREC ->
          replacements.put(pc, dropped(instruction.operand(1), instruction.operand(0)));
      default -> {}
    }
  }

  /** PUSH and CONST0 are one instruction together. */
  private void mergePush(int pc) {
    int[] words = replacements.get(pc);
    int before = pc - 1;
    if (words[0] == BytecodeOp.CONST0.ordinal()
        && !targets.get(pc)
        && before >= 0
        && kept.get(before)
        && code.at(before).op() == BytecodeOp.PUSH) {
      words[0] = BytecodeOp.PUSHCONST0.ordinal();
      replacements.put(before, new int[0]);
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
    globals.set(0, Math.min(OcamlTags.EXCEPTIONS, file.data().size()));
    for (int pc = kept.nextSetBit(0); pc >= 0; pc = kept.nextSetBit(pc + 1)) {
      int global = code.at(pc).operand(Operand.GLOBAL);
      if (global >= 0 && !replacements.containsKey(pc)) {
        globals.set(global);
      }
    }
  }
}
