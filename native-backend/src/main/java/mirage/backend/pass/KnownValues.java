// SPDX-License-Identifier: Apache-2.0
package mirage.backend.pass;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mirage.backend.ir.Block;
import mirage.backend.ir.Captured;
import mirage.backend.ir.Cfg;
import mirage.backend.ir.ClosureSet;
import mirage.backend.ir.Edge;
import mirage.backend.ir.End;
import mirage.backend.ir.Function;
import mirage.backend.ir.Instr;
import mirage.backend.ir.Member;
import mirage.backend.ir.Op;
import mirage.backend.ir.Primitive;
import mirage.backend.ir.Program;
import mirage.backend.ir.Sibling;
import mirage.backend.ir.Static;
import mirage.backend.ir.Var;
import mirage.formats.OcamlValue;

/**
 * Whole-program constant propagation: follows constants, closures and the toplevel modules' blocks through
 * block parameters, captured variables, globals and fields. Parameters of functions are unknown.
 *
 * <p>A block is followed as long as nothing but reading its fields or items, putting it into another followed
 * block, capturing it and setting a global is done with it. That is assumed of every block at first;
 * where it turns out wrong the block is any value.
 */
final class KnownValues {
  private final Program program;
  private final Map<Function, List<Block>> order = new HashMap<>();
  private final Map<ClosureSet, List<Instr>> sites = new IdentityHashMap<>();
  private final Map<Integer, List<Var>> setters = new HashMap<>();
  private final Set<Var> escaped = new HashSet<>();
  private final Map<Var, Known> values = new HashMap<>();
  private final List<Definition> open = new ArrayList<>();
  private boolean changed;

  /** A way a variable gets its value: from an instruction, or along an edge from another variable. */
  private record Definition(Var var, Instr instr, Var source) {
    /** Whether it gives the same at any time. */
    boolean settled() {
      return instr != null
          && switch (instr.op()) {
            case INT, STATIC, CLOSURES, CLOSED, SIBLING -> true;
            default -> false;
          };
    }
  }

  KnownValues(Program program) {
    this.program = program;
    for (Function function : program.functions()) {
      List<Block> blocks = new Cfg(function).reversePostorder();
      order.put(function, blocks);
      for (Block block : blocks) {
        for (Instr instr : block.body()) {
          if (instr.op() == Op.CLOSURES) {
            sites.computeIfAbsent((ClosureSet) instr.imm(), s -> new ArrayList<>()).add(instr);
          } else if (instr.op() == Op.SET_GLOBAL) {
            setters.computeIfAbsent(instr.intImm(), g -> new ArrayList<>()).add(instr.arg(0));
          }
        }
      }
    }
    start();
    // An escape only makes less known, so the analysis goes on from where it is.
    do {
      solve();
    } while (findEscapes());
  }

  /** What is known of the variable. */
  Known of(Var var) {
    Known known = values.get(var);
    return known == null ? Known.ANY : known;
  }

  /** Where the set's closures are made. */
  List<Instr> sites(ClosureSet set) {
    return sites.getOrDefault(set, List.of());
  }

  /** Whether the block made by the instruction that defines {@code var}, as {@link Known.Block} has it, is followed everywhere. */
  boolean followed(Var var) {
    return !escaped.contains(var);
  }

  /** Reachable blocks of a function, each after its dominators. */
  List<Block> order(Function function) {
    return order.get(function);
  }

  /** Looks at everything once; what is known then of most variables cannot change any more. */
  private void start() {
    for (Function function : program.functions()) {
      function.entry().params().forEach(param -> set(param, Known.ANY));
    }
    sites.keySet().forEach(this::closureParameters);
    for (Function function : program.functions()) {
      for (Block block : order.get(function)) {
        for (Instr instr : block.body()) {
          if (instr.dest() != null) {
            update(new Definition(instr.dest(), instr, null));
          }
        }
        flowAlong(block);
      }
    }
  }

  private void solve() {
    do {
      changed = false;
      open.forEach(definition -> set(definition.var(), evaluate(definition)));
    } while (changed);
    open.removeIf(definition -> values.get(definition.var()) == Known.ANY);
  }

  private void update(Definition definition) {
    Known known = evaluate(definition);
    set(definition.var(), known);
    if (!definition.settled() && values.get(definition.var()) != Known.ANY) {
      open.add(definition);
    }
  }

  private Known evaluate(Definition definition) {
    return definition.instr() != null
        ? evaluate(definition.instr())
        : values.get(definition.source());
  }

  /** A function that still has its closure as a parameter knows which closure that is. */
  private void closureParameters(ClosureSet set) {
    for (int i = 0; i < set.functions().size(); i++) {
      Function function = set.functions().get(i);
      List<Var> params = function.entry().params();
      if (params.size() > function.arity()) {
        values.put(params.get(function.arity()), new Known.Closure(new Member(set, i)));
      }
    }
  }

  private void flowAlong(Block block) {
    if (block.end() instanceof End.PushTrap trap) {
      trap.handler().params().forEach(param -> set(param, Known.ANY));
    }
    for (Edge edge : block.end().edges()) {
      for (int i = 0; i < edge.args().length; i++) {
        update(new Definition(edge.target().params().get(i), null, edge.args()[i]));
      }
    }
  }

  private void set(Var var, Known value) {
    Known before = values.get(var);
    if (before instanceof Known.Closure && value == Known.ANY && isClosureParameter(before, var)) {
      return;
    }
    Known after = Known.join(before, value);
    if (after != before && !(after != null && after.equals(before))) {
      values.put(var, after);
      changed = true;
    }
  }

  private static boolean isClosureParameter(Known known, Var var) {
    Function function = ((Known.Closure) known).member().function();
    List<Var> params = function.entry().params();
    return params.size() > function.arity() && params.get(function.arity()) == var;
  }

  private Known evaluate(Instr instr) {
    return switch (instr.op()) {
      case INT -> new Known.Int(instr.intImm());
      case STATIC -> constant(((Static) instr.imm()).value());
      case CLOSURES -> new Known.Closure(new Member((ClosureSet) instr.imm(), 0));
      case CLOSED -> new Known.Closure((Member) instr.imm());
      case SIBLING -> {
        Sibling sibling = (Sibling) instr.imm();
        yield new Known.Closure(new Member(sibling.set(), sibling.to()));
      }
      case CAPTURED -> captured((Captured) instr.imm());
      case GLOBAL -> global(instr.intImm());
      case BLOCK -> escaped.contains(instr.dest()) ? Known.ANY : new Known.Block(instr);
      case FIELD -> field(values.get(instr.arg(0)), instr.intImm());
      case NEG,
              NOT,
              ADD,
              SUB,
              MUL,
              DIV,
              MOD,
              AND,
              OR,
              XOR,
              LSL,
              LSR,
              ASR,
              EQ,
              NE,
              LT,
              LE,
              GT,
              GE,
              ULT,
              UGE ->
          arithmetic(instr);
      case C_CALL -> primitive(instr);
      case IS_INT -> values.get(instr.arg(0)) instanceof Known.Int ? new Known.Int(1) : Known.ANY;
      default -> Known.ANY;
    };
  }

  private Known arithmetic(Instr instr) {
    int[] numbers = new int[2];
    for (int i = 0; i < instr.args().length; i++) {
      Known known = values.get(instr.arg(i));
      if (!(known instanceof Known.Int number)) {
        return known == null ? null : Known.ANY;
      }
      numbers[i] = number.value();
    }
    Integer result = IntegerMath.evaluate(instr.op(), numbers[0], numbers[1]);
    return result == null ? Known.ANY : new Known.Int(result);
  }

  private Known primitive(Instr instr) {
    List<Known> args = new ArrayList<>();
    for (Var arg : instr.args()) {
      Known known = values.get(arg);
      if (known == null) {
        return null;
      }
      args.add(known);
    }
    if (ArrayReads.isCopy(instr) && args.get(0) instanceof Known.Constant) {
      return escaped.contains(instr.dest()) ? Known.ANY : new Known.Block(instr);
    }
    return KnownPrimitives.evaluate(((Primitive) instr.imm()).name(), args);
  }

  private static Known constant(OcamlValue value) {
    return value instanceof OcamlValue.Int number
        ? new Known.Int((int) number.value() << 1 >> 1)
        : new Known.Constant(value);
  }

  private Known captured(Captured captured) {
    Known known = null;
    for (Instr site : sites.getOrDefault(captured.set(), List.of())) {
      known = Known.join(known, values.get(site.arg(captured.index())));
    }
    return known;
  }

  private Known global(int index) {
    List<Var> values = setters.get(index);
    if (values == null) {
      return constant(program.globals().get(index));
    }
    Known known = null;
    for (Var value : values) {
      known = Known.join(known, this.values.get(value));
    }
    return known;
  }

  private Known field(Known of, int index) {
    if (of instanceof Known.Block block && index < block.fields().length) {
      return values.get(block.fields()[index]);
    }
    if (of instanceof Known.Constant constant
        && constant.value() instanceof OcamlValue.Block block
        && index < block.size()) {
      return constant(block.field(index));
    }
    return of == null ? null : Known.ANY;
  }

  /** Finds blocks that are used in ways that are not followed; true when there were new ones. */
  private boolean findEscapes() {
    int before = escaped.size();
    for (Function function : program.functions()) {
      for (Block block : order.get(function)) {
        block.body().forEach(this::escapes);
        block.end().uses().forEach(this::escape);
        for (Edge edge : block.end().edges()) {
          for (int i = 0; i < edge.args().length; i++) {
            if (of(edge.target().params().get(i)) == Known.ANY) {
              escape(edge.args()[i]);
            }
          }
        }
      }
    }
    return escaped.size() > before;
  }

  private void escapes(Instr instr) {
    switch (instr.op()) {
      case FIELD, IS_INT, LENGTH -> {}
      case ITEM, C_CALL -> {
        boolean reads = ArrayReads.test(instr);
        for (Var arg : instr.args()) {
          if (reads && of(arg) instanceof Known.Block block) {
            // Any item may be what is read.
            for (Var item : block.fields()) {
              escape(item);
            }
          } else {
            escape(arg);
          }
        }
      }
      case SET_GLOBAL -> {
        if (global(instr.intImm()) == Known.ANY) {
          escape(instr.arg(0));
        }
      }
      case BLOCK -> {
        if (escaped.contains(instr.dest())) {
          for (Var arg : instr.args()) {
            escape(arg);
          }
        }
      }
      case CLOSURES -> {
        for (int i = 0; i < instr.args().length; i++) {
          if (captured(new Captured((ClosureSet) instr.imm(), 0, i)) == Known.ANY) {
            escape(instr.arg(i));
          }
        }
      }
      default -> {
        for (Var arg : instr.args()) {
          escape(arg);
        }
      }
    }
  }

  private void escape(Var var) {
    if (of(var) instanceof Known.Block block && escaped.add(block.made().dest())) {
      for (Var arg : block.fields()) {
        escape(arg);
      }
    }
  }
}
