// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.lower;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import mirage.backend.ir.Constant;
import mirage.backend.ir.Function;
import mirage.backend.ir.Num;
import mirage.backend.ir.Symbol;
import mirage.backend.machine.target.Names;
import mirage.formats.OcamlValue;

/** Collects what the code refers to: constants, closures, atoms, currying and applying functions. */
public final class StaticData {
  private final Map<OcamlValue, Symbol> constants = new IdentityHashMap<>();
  private final List<OcamlValue> order = new ArrayList<>();
  private final Map<Integer, Integer> globals = new HashMap<>();
  private final List<Block> blocks = new ArrayList<>();
  private final Set<Function> closures = new LinkedHashSet<>();
  private final Set<Integer> atoms = new TreeSet<>();
  private final Set<Integer> curries = new TreeSet<>();
  private final Set<Integer> applies = new TreeSet<>();

  /** A block of constants and closures. */
  public record Block(int tag, List<Constant> fields) {}

  /** The word of a constant: its address, or the number itself. */
  public Constant symbol(OcamlValue value) {
    if (value instanceof OcamlValue.Int number) {
      return new Num(Lower.tagged((int) number.value()));
    }
    Symbol known = constants.get(value);
    if (known == null) {
      known = new Symbol("caml_native_data" + constants.size());
      constants.put(value, known);
      order.add(value);
    }
    return known;
  }

  /** A new block of these words. */
  public Symbol block(int tag, List<Constant> fields) {
    blocks.add(new Block(tag, List.copyOf(fields)));
    return new Symbol(Names.STATIC_BLOCK + (blocks.size() - 1));
  }

  public Symbol closure(Function function) {
    closures.add(function);
    if (function.arity() > 1) {
      curry(function.arity());
    }
    return new Symbol(Names.closure(function));
  }

  /** The place of a global; only those that are asked for have one. */
  public Symbol global(int index) {
    return new Symbol(Names.GLOBALS, 4 * globals.computeIfAbsent(index, g -> globals.size()));
  }

  public int globalCount() {
    return globals.size();
  }

  public Symbol atom(int tag) {
    atoms.add(tag);
    return Names.atom(tag);
  }

  public Symbol curry(int arity) {
    curries.add(arity);
    return new Symbol(Names.curry(arity));
  }

  public Symbol apply(int count) {
    applies.add(count);
    return new Symbol(Names.apply(count));
  }

  /** Constants in the order they were asked for; grows while they are written. */
  public List<OcamlValue> constants() {
    return order;
  }

  /** Blocks in the order of their numbers. */
  public List<Block> blocks() {
    return blocks;
  }

  public Set<Function> closures() {
    return closures;
  }

  public Set<Integer> atoms() {
    return atoms;
  }

  /** Arities for which a currying function is needed. */
  public Set<Integer> curries() {
    return curries;
  }

  /** Argument counts for which an applying function is needed. */
  public Set<Integer> applies() {
    return applies;
  }
}
