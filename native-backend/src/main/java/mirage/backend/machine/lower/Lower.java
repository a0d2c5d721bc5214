// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.lower;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mirage.backend.ir.Bits;
import mirage.backend.ir.Block;
import mirage.backend.ir.Captured;
import mirage.backend.ir.Constant;
import mirage.backend.ir.Edge;
import mirage.backend.ir.End;
import mirage.backend.ir.Function;
import mirage.backend.ir.Instr;
import mirage.backend.ir.Member;
import mirage.backend.ir.Num;
import mirage.backend.ir.Op;
import mirage.backend.ir.Primitive;
import mirage.backend.ir.Rewrite;
import mirage.backend.ir.Sibling;
import mirage.backend.ir.Static;
import mirage.backend.ir.Symbol;
import mirage.backend.ir.Var;
import mirage.backend.machine.target.ClosureLayout;
import mirage.backend.machine.target.Names;
import mirage.formats.OcamlTags;
import mirage.formats.OcamlValue;

/**
 * Lowers one function from OCaml values to words: an integer n is 2n+1, a pointer is itself. Constants are
 * made again where they are used.
 */
public final class Lower {
  private final Function function;
  private final StaticData data;
  private final Map<Var, Instr> constants = new HashMap<>();
  private final Map<Var, Symbol> blocks = new HashMap<>();
  private final Map<Var, Instr> definitions = new HashMap<>();

  /** Uses, but for those as the condition of a branch, which need no value. */
  private final Map<Var, Integer> useCount = new HashMap<>();

  private final ConditionLowering conditions =
      new ConditionLowering(this::use, this::number, definitions::get);
  private BlockEmitter out;

  private Lower(Function function, StaticData data) {
    this.function = function;
    this.data = data;
  }

  /** Lowers the function in place; static data it refers to is added to {@code data}. */
  public static void function(Function function, StaticData data) {
    new Lower(function, data).run();
  }

  private void run() {
    for (Block block : function.blocks()) {
      for (Instr instr : block.body()) {
        if (instr.dest() != null) {
          definitions.put(instr.dest(), instr);
          switch (instr.op()) {
            case INT, STATIC, STATIC_BLOCK, CLOSED, ATOM, W_CONST, W_SYMBOL ->
                constants.put(instr.dest(), instr);
            default -> {}
          }
        }
        for (Var arg : instr.args()) {
          useCount.merge(arg, 1, Integer::sum);
        }
      }
      if (!(block.end() instanceof End.Branch)) {
        block.end().uses().forEach(var -> useCount.merge(var, 1, Integer::sum));
      }
      for (Edge edge : block.end().edges()) {
        for (Var arg : edge.args()) {
          useCount.merge(arg, 1, Integer::sum);
        }
      }
    }
    for (Block block : function.blocks()) {
      List<Instr> body = new ArrayList<>(block.body());
      out = new BlockEmitter(function, block);
      body.forEach(this::lower);
      block.setEnd(lower(block.end()));
    }
  }

  // Operands.

  private Integer number(Var var) {
    Instr constant = constants.get(var);
    return constant != null && constant.op() == Op.INT ? constant.intImm() : null;
  }

  /** The variable, or its constant made here. */
  private Var use(Var var) {
    Instr constant = constants.get(var);
    return constant == null ? var : out.constant(word(constant));
  }

  private Var[] uses(Var... vars) {
    Var[] result = new Var[vars.length];
    for (int i = 0; i < vars.length; i++) {
      result[i] = use(vars[i]);
    }
    return result;
  }

  private Constant word(Instr constant) {
    return switch (constant.op()) {
      case INT -> new Num(tagged(constant.intImm()));
      case W_CONST, W_SYMBOL -> (Constant) constant.imm();
      case STATIC -> data.symbol(((Static) constant.imm()).value());
      case CLOSED -> data.closure(((Member) constant.imm()).function());
      case STATIC_BLOCK -> block(constant);
      default -> data.atom(constant.intImm());
    };
  }

  private Constant block(Instr constant) {
    Symbol known = blocks.get(constant.dest());
    if (known == null) {
      List<Constant> fields = new ArrayList<>();
      for (Var field : constant.args()) {
        fields.add(word(constants.get(field)));
      }
      known = data.block(constant.intImm(), fields);
      blocks.put(constant.dest(), known);
    }
    return known;
  }

  public static int tagged(int number) {
    return number << 1 | 1;
  }

  // Instructions.

  private void lower(Instr instr) {
    out.at(instr.pc());
    Var dest = instr.dest();
    switch (instr.op()) {
      case INT, STATIC, STATIC_BLOCK, CLOSED, ATOM, W_CONST, W_SYMBOL -> {}
      case SIBLING -> {
        Sibling sibling = (Sibling) instr.imm();
        ClosureLayout layout = new ClosureLayout(sibling.set());
        int words = layout.start(sibling.to()) - layout.start(sibling.from());
        out.into(dest, Op.W_ADDI, 4 * words, use(instr.arg(0)));
      }
      case CAPTURED -> {
        Captured captured = (Captured) instr.imm();
        ClosureLayout layout = new ClosureLayout(captured.set());
        int word = layout.environment() + captured.index() - layout.start(captured.from());
        out.into(dest, Op.W_LOAD, 4 * word, use(instr.arg(0)));
      }
      case GLOBAL -> out.into(dest, Op.W_LOAD, 0, out.constant(data.global(instr.intImm())));
      case SET_GLOBAL ->
          out.effect(Op.W_STORE, 0, out.constant(data.global(instr.intImm())), use(instr.arg(0)));
      case BLOCK, FLOAT_BLOCK, CLOSURES, BOX, FLOAT_FIELD, SET_FLOAT_FIELD ->
          new BlockLowering(out, data, this::use).lower(instr);
      case FIELD -> out.into(dest, Op.W_LOAD, 4 * instr.intImm(), use(instr.arg(0)));
      case SET_FIELD -> modify(4 * instr.intImm(), use(instr.arg(0)), instr.arg(1));
      case LENGTH -> length(instr);
      case ITEM -> {
        Integer index = number(instr.arg(1));
        if (index != null && index >= 0) {
          out.into(dest, Op.W_LOAD, 4 * index, use(instr.arg(0)));
        } else {
          out.into(dest, Op.W_LOAD, 0, address(instr));
        }
      }
      case SET_ITEM -> modify(0, address(instr), instr.arg(2));
      case BYTE -> tag(dest, out.word(Op.W_LOAD8, 0, byteAddress(instr)));
      case SET_BYTE -> out.effect(Op.W_STORE8, 0, byteAddress(instr), untag(instr.arg(2)));
      case OFFSET_REF -> {
        Var base = use(instr.arg(0));
        Var old = out.word(Op.W_LOAD, 0, base);
        out.effect(Op.W_STORE, 0, base, out.word(Op.W_ADDI, 2 * instr.intImm(), old));
      }
      case NEG, ADD, SUB, MUL, DIV, MOD, AND, OR, XOR, LSL, LSR, ASR ->
          new IntegerLowering(out, this::use, this::number).lower(instr);
      case EQ, NE, LT, LE, GT, GE, ULT, UGE -> {
        if (useCount.containsKey(dest)) {
          ConditionLowering.Comparison comparison = conditions.comparison(instr);
          out.into(dest, Op.W_TEST, comparison.condition(), comparison.args());
        }
      }
      case W_TEST -> {
        if (useCount.containsKey(dest)) {
          out.add(Rewrite.uses(instr, this::use));
        }
      }
      case NOT -> out.into(dest, Op.W_SUB, null, out.constant(4), use(instr.arg(0)));
      case IS_INT -> tag(dest, out.word(Op.W_EXTUI, new Bits(0, 1), use(instr.arg(0))));
      default -> call(instr);
    }
  }

  private void call(Instr instr) {
    Var dest = instr.dest();
    switch (instr.op()) {
      case C_CALL ->
          CPrimitives.call(out, dest, ((Primitive) instr.imm()).name(), uses(instr.args()));
      case CALL ->
          out.into(dest, Op.W_CALL, Names.codeSymbol((Function) instr.imm()), uses(instr.args()));
      case APPLY -> apply(instr);
      case METHOD -> {
        Var methods = out.word(Op.W_LOAD, 0, use(instr.arg(0)));
        Var at = out.word(Op.W_ADDX2, null, use(instr.arg(1)), methods);
        out.into(dest, Op.W_LOAD, 0, out.word(Op.W_ADDI, -2, at));
      }
      case PUBLIC_METHOD ->
          CPrimitives.plain(out, dest, "caml_get_public_method", uses(instr.args()));
      case SLOT, POP_TRAP, SET_SLOT ->
          out.add(new Instr(instr.op(), dest, uses(instr.args()), instr.imm(), instr.pc()));
      case W_BYTES -> bytes(instr);
      default -> out.add(Rewrite.uses(instr, this::use));
    }
  }

  /** The length of a constant string is known. */
  private void bytes(Instr instr) {
    Instr constant = constants.get(instr.arg(0));
    if (constant != null
        && constant.imm() instanceof Static known
        && known.value() instanceof OcamlValue.Bytes bytes) {
      out.into(instr.dest(), Op.W_CONST, bytes.data().length);
    } else {
      out.add(Rewrite.uses(instr, this::use));
    }
  }

  /** Words of an array, halved for a float array. */
  private void length(Instr instr) {
    Var header = out.word(Op.W_LOAD, 0, out.word(Op.W_ADDI, -4, use(instr.arg(0))));
    Var words = out.word(Op.W_SHRI, 10, header);
    Var tag = out.word(Op.W_EXTUI, new Bits(0, 8), header);
    Var notFloat = out.word(Op.W_ADDI, -OcamlTags.DOUBLE_ARRAY, tag);
    Var half = out.word(Op.W_SHRI, 1, words);
    tag(instr.dest(), out.word(Op.W_IF_ZERO, null, half, words, notFloat));
  }

  /** Where the item at a tagged index lies. */
  private Var address(Instr instr) {
    Integer index = number(instr.arg(1));
    if (index != null) {
      return out.word(Op.W_ADDI, 4 * index, use(instr.arg(0)));
    }
    // The index without its tag, which other items at that index may use as well.
    return out.word(
        Op.W_ADDX2, null, out.word(Op.W_ADDI, -1, use(instr.arg(1))), use(instr.arg(0)));
  }

  /** An item or field gets a new value. */
  private void modify(int offset, Var base, Var value) {
    Op op = isInteger(definitions.get(value)) ? Op.W_MODIFY_INT : Op.W_MODIFY;
    out.effect(op, offset, base, use(value));
  }

  private static boolean isInteger(Instr definition) {
    return definition != null && definition.op().has(Op.Trait.INTEGER);
  }

  private Var byteAddress(Instr instr) {
    Integer index = number(instr.arg(1));
    return index != null
        ? out.word(Op.W_ADDI, index, use(instr.arg(0)))
        : out.word(Op.W_ADD, null, untag(instr.arg(1)), use(instr.arg(0)));
  }

  private Var untag(Var var) {
    Integer number = number(var);
    return number != null ? out.constant(number) : out.word(Op.W_SARI, 1, use(var));
  }

  private void tag(Var dest, Var word) {
    out.into(dest, Op.W_ADDI, 1, out.word(Op.W_SHLI, 1, word));
  }

  private void apply(Instr instr) {
    Var[] args = uses(instr.args());
    if (args.length == 2) {
      out.into(instr.dest(), Op.W_CALL_REGISTER, null, args[1], args[0]);
    } else {
      Symbol stub = data.apply(args.length - 1);
      out.into(instr.dest(), Op.W_CALL, stub, closureLast(args));
    }
  }

  private static Var[] closureLast(Var[] args) {
    Var[] moved = new Var[args.length];
    System.arraycopy(args, 1, moved, 0, args.length - 1);
    moved[args.length - 1] = args[0];
    return moved;
  }

  // Conditions and ends.

  private End lower(End end) {
    End withConstants = end.map(v -> v, edge -> End.mapArgs(edge, this::use));
    if (withConstants instanceof End.Branch branch) {
      return conditions.branch(branch);
    } else if (withConstants instanceof End.TailCall tail) {
      return tailCall(tail);
    }
    return withConstants.map(this::use, edge -> edge);
  }

  private End tailCall(End.TailCall tail) {
    Var[] args = uses(tail.args().toArray(Var[]::new));
    if (tail.function() != null) {
      return new End.TailJump(Names.codeSymbol(tail.function()), List.of(args), tail.pc());
    }
    if (args.length == 2) {
      return new End.TailJump(null, List.of(args[1], args[0]), tail.pc());
    }
    return new End.TailJump(data.apply(args.length - 1), List.of(closureLast(args)), tail.pc());
  }
}
