// SPDX-License-Identifier: Apache-2.0
package mirage.backend.interpret;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mirage.backend.ir.Constant;
import mirage.backend.ir.Function;
import mirage.backend.ir.Num;
import mirage.backend.ir.Program;
import mirage.backend.ir.Symbol;
import mirage.backend.machine.CodeGenerator;
import mirage.backend.machine.lower.StaticData;
import mirage.backend.machine.target.ClosureLayout;
import mirage.backend.machine.target.Names;
import mirage.formats.OcamlValue;

/** Executes a program: its functions, closures and symbols. What happens within a function is {@link Frame}'s matter. */
public final class Interpreter {
  private static final int CLOSURE_TAG = 247;
  private static final int CODE = 0x40000000;
  private static final int CURRY = 0x50000000;
  private static final int NAMES = 0x60000000;
  private static final int DEEPEST = 2000;

  /** A partial application: this, closure information, the closure, how many arguments, the arguments. */
  private static final int PARTIAL = CURRY;

  private final Program program;
  private final CodeGenerator generator;
  private final Memory memory = new Memory();
  private final Primitives primitives;
  private final Map<Function, Integer> addresses = new HashMap<>();
  private final List<Function> functions = new ArrayList<>();
  private final Map<String, Function> byName = new HashMap<>();
  private final Map<String, Integer> symbols = new HashMap<>();
  private final int globals;
  private int depth;
  private long steps;

  /**
   * @param program as any step left it
   * @param generator whose steps have been run, or none yet
   */
  public Interpreter(Program program, CodeGenerator generator) {
    this.program = program;
    this.generator = generator;
    for (Function function : program.functions()) {
      byName.put(Names.code(function), function);
    }
    this.primitives = new Primitives(this, memory);
    this.globals = memory.room(program.globals().size());
    for (int i = 0; i < program.globals().size(); i++) {
      memory.store(globals + 4 * i, literal(program.globals().get(i)));
    }
  }

  /** What the program prints; the exception that ends it, if one does, comes last. */
  public String run() {
    try {
      call(program.main(), new int[program.main().entry().params().size()], 0);
    } catch (OcamlRaise e) {
      primitives.print("uncaught exception " + primitives.exception(e.value()) + "\n");
    }
    return primitives.output();
  }

  /** How many instructions have been executed. */
  public long steps() {
    return steps;
  }

  Memory memory() {
    return memory;
  }

  Primitives primitives() {
    return primitives;
  }

  CodeGenerator generator() {
    return generator;
  }

  void step() {
    if (++steps > 50_000_000) {
      throw new IllegalStateException("the program does not end");
    }
  }

  int literal(OcamlValue value) {
    return memory.literal(
        value, type -> name("caml_" + type.name().toLowerCase(java.util.Locale.ROOT) + "_ops"));
  }

  int global(int index) {
    return globals + 4 * index;
  }

  // Calls.

  /** Calls a function with its arguments, and its closure if it takes one. */
  int call(Function function, int[] args, int closure) {
    if (++depth > DEEPEST) {
      throw new IllegalStateException("the program recurs too deeply for this interpreter");
    }
    try {
      int[] all = Arrays.copyOf(args, function.entry().params().size());
      if (all.length > args.length) {
        all[all.length - 1] = closure;
      }
      return new Frame(this, function).run(all);
    } finally {
      depth--;
    }
  }

  int apply(int closure, int... args) {
    int code = memory.field(closure, 0);
    int arity = memory.field(closure, 1) >>> 24;
    if (code == PARTIAL) {
      int have = memory.field(closure, 3);
      int[] all = new int[have + args.length];
      for (int i = 0; i < have; i++) {
        all[i] = memory.field(closure, 4 + i);
      }
      System.arraycopy(args, 0, all, have, args.length);
      return apply(memory.field(closure, 2), all);
    }
    if (args.length < arity) {
      return partial(closure, args);
    }
    Function function = function(arity > 1 ? memory.field(closure, 2) : code);
    int result = call(function, Arrays.copyOf(args, arity), closure);
    return args.length == arity
        ? result
        : apply(result, Arrays.copyOfRange(args, arity, args.length));
  }

  private int partial(int closure, int[] args) {
    int block = memory.allocate(CLOSURE_TAG, 4 + args.length);
    memory.store(block, PARTIAL);
    memory.store(block + 4, ClosureLayout.info(1, 2));
    memory.store(block + 8, closure);
    memory.store(block + 12, args.length);
    for (int i = 0; i < args.length; i++) {
      memory.store(block + 16 + 4 * i, args[i]);
    }
    return block;
  }

  private Function function(int code) {
    return functions.get((code - CODE) / 8);
  }

  /** A call by symbol: of a function, of an applying function, or of a primitive's short way. */
  int call(Symbol symbol, int[] args) {
    Function function = byName.get(symbol.name());
    if (function != null) {
      return call(function, args, 0);
    }
    if (symbol.name().startsWith("caml_apply")) {
      return apply(args[args.length - 1], Arrays.copyOf(args, args.length - 1));
    }
    return primitives.call(symbol.name(), args);
  }

  Function named(Symbol symbol) {
    return byName.get(symbol.name());
  }

  // Addresses.

  int code(Function function) {
    return addresses.computeIfAbsent(
        function,
        f -> {
          functions.add(f);
          return CODE + 8 * (functions.size() - 1);
        });
  }

  int curry(int arity) {
    return CURRY + arity;
  }

  /** A closure that captures nothing. */
  int closed(Function function) {
    return symbols.computeIfAbsent(Names.closure(function), name -> makeClosed(function));
  }

  private int makeClosed(Function function) {
    boolean several = function.arity() > 1;
    int block = memory.allocate(CLOSURE_TAG, several ? 3 : 2);
    memory.store(block, several ? curry(function.arity()) : code(function));
    memory.store(block + 4, ClosureLayout.info(function.arity(), several ? 3 : 2));
    if (several) {
      memory.store(block + 8, code(function));
    }
    return block;
  }

  private int staticBlock(String name) {
    Integer known = symbols.get(name);
    if (known != null) {
      return known;
    }
    int number = Integer.parseInt(name.substring(Names.STATIC_BLOCK.length()));
    StaticData.Block laid = generator.data().blocks().get(number);
    int block = memory.allocate(laid.tag(), laid.fields().size());
    for (int i = 0; i < laid.fields().size(); i++) {
      Constant field = laid.fields().get(i);
      int word = field instanceof Num bits ? bits.value() : address((Symbol) field);
      memory.store(block + 4 * i, word);
    }
    symbols.put(name, block);
    return block;
  }

  int atom(int tag) {
    return symbols.computeIfAbsent(Names.atom(tag).name(), name -> memory.allocate(tag, 0));
  }

  int address(Symbol symbol) {
    return base(symbol.name()) + symbol.offset();
  }

  private int base(String name) {
    if (byName.containsKey(name)) {
      return code(byName.get(name));
    }
    if (name.endsWith("_closure")) {
      return closed(byName.get(name.substring(0, name.length() - "_closure".length())));
    }
    if (name.startsWith("caml_native_data")) {
      int number = Integer.parseInt(name.substring("caml_native_data".length()));
      return literal(generator.data().constants().get(number));
    }
    if (name.startsWith(Names.STATIC_BLOCK)) {
      return staticBlock(name);
    }
    if (name.startsWith("caml_native_atom")) {
      return atom(Integer.parseInt(name.substring("caml_native_atom".length())));
    }
    if (name.startsWith("caml_curry")) {
      return curry(Integer.parseInt(name.substring("caml_curry".length())));
    }
    if (name.equals(Names.GLOBALS)) {
      return symbols.computeIfAbsent(name, n -> memory.room(generator.data().globalCount()));
    }
    return name(name);
  }

  /** An address for the sake of its identity. */
  int name(String name) {
    return symbols.computeIfAbsent(name, n -> NAMES + 4 * symbols.size());
  }
}
