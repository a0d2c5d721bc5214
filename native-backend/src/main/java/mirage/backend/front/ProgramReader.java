// SPDX-License-Identifier: Apache-2.0
package mirage.backend.front;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import mirage.backend.ir.ClosureSet;
import mirage.backend.ir.CompileException;
import mirage.backend.ir.Function;
import mirage.backend.ir.Places;
import mirage.backend.ir.Program;
import mirage.formats.Bytecode;
import mirage.formats.OcamlValue;

/** Reads all functions of a bytecode program, starting from its toplevel code. */
public final class ProgramReader {
  /** A closure has 8 bits for it. */
  private static final int MAX_ARITY = 255;

  private final Bytecode code;
  private final List<String> primitives;
  private final IntFunction<String> names;
  private final Labels labels;
  private final List<Function> functions = new ArrayList<>();
  private final Map<Integer, ClosureSet> sets = new HashMap<>();
  private final Deque<Runnable> pending = new ArrayDeque<>();

  /**
   * @param primitives names of the C primitives, by number
   * @param names a name for the function whose code starts at an index, or null when not known
   */
  public ProgramReader(Bytecode code, List<String> primitives, IntFunction<String> names) {
    this.code = code;
    this.primitives = primitives;
    this.names = names;
    this.labels = new Labels(code);
  }

  /**
   * The whole program.
   *
   * @param globals initial values of the globals
   */
  public Program read(List<OcamlValue> globals) {
    Function main = new Function("main", 0, 0);
    functions.add(main);
    new FunctionReader(this, main, null, 0).read();
    while (!pending.isEmpty()) {
      pending.poll().run();
    }
    return new Program(main, functions, new ArrayList<>(globals), new Places(code.size()));
  }

  Bytecode code() {
    return code;
  }

  Labels labels() {
    return labels;
  }

  String primitive(int number) {
    return primitives.get(number);
  }

  /** The functions that the closure instruction at {@code pc} defines together. */
  ClosureSet closures(int pc, int[] entries) {
    ClosureSet known = sets.get(pc);
    if (known != null) {
      return known;
    }
    List<Function> members = new ArrayList<>();
    ClosureSet set = new ClosureSet(members);
    sets.put(pc, set);
    for (int entry : entries) {
      int arity = code.arity(entry);
      String name = names.apply(entry);
      if (arity > MAX_ARITY) {
        throw new CompileException(
            "%s: a function of %d arguments; compiled code takes %d at most"
                .formatted(name == null ? "bytecode at word " + entry : name, arity, MAX_ARITY));
      }
      Function function =
          new Function((name == null ? "f" : name) + "_" + entry, arity, code.body(entry));
      int index = members.size();
      members.add(function);
      functions.add(function);
      pending.add(() -> new FunctionReader(this, function, set, index).read());
    }
    return set;
  }
}
