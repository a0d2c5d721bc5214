// SPDX-License-Identifier: Apache-2.0
package mirage.backend.pass;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import mirage.backend.ir.Block;
import mirage.backend.ir.Boxed;
import mirage.backend.ir.Function;
import mirage.backend.ir.Instr;
import mirage.backend.ir.Op;
import mirage.backend.ir.Pass;
import mirage.backend.ir.Primitive;
import mirage.backend.ir.Program;
import mirage.backend.ir.Static;
import mirage.backend.ir.Var;
import mirage.formats.OcamlTags;
import mirage.formats.OcamlValue;

/**
 * Replaces C primitives by what they do: on boxed numbers, arrays and strings. Boxes are taken apart and
 * made again around each operation; {@link Unbox} removes those in between.
 */
public final class InlinePrimitives implements Pass {
  /** Largest block, in words, that is made in the minor heap (caml/config.h). */
  private static final int MAX_YOUNG_WORDS = 256;

  private static final Pattern TWO =
      Pattern.compile(
          "caml_(add|sub|mul|div|eq|neq|lt|le|gt|ge)_float"
              + "|caml_(int32|int64|nativeint)_(add|sub|mul|div|mod|and|or|xor|shift_\\w+|compare)"
              + "|caml_int_compare|caml_(string|bytes|array|floatarray|ba_uint8)(_unsafe)?_get\\w*");

  private static final Pattern THREE =
      Pattern.compile("caml_(bytes|array|floatarray|ba_uint8)(_unsafe)?_set\\w*");

  @Override
  public String name() {
    return "primitives";
  }

  @Override
  public void run(Program program) {
    program.functions().forEach(InlinePrimitives::function);
  }

  private static void function(Function function) {
    Map<Var, Integer> numbers = new HashMap<>();
    Map<Var, Boxed> kinds = new HashMap<>();
    for (Block block : function.blocks()) {
      for (Instr instr : block.body()) {
        if (instr.op() == Op.INT) {
          numbers.put(instr.dest(), instr.intImm());
        } else if (instr.op() == Op.STATIC
            && ((Static) instr.imm()).value() instanceof OcamlValue.Boxed boxed) {
          kinds.put(instr.dest(), Boxed.valueOf(boxed.type().name()));
        }
      }
    }
    for (Block block : function.blocks()) {
      List<Instr> body = new ArrayList<>();
      for (Instr instr : block.body()) {
        if (!compare(instr, kinds, function, body) && !rewrite(instr, numbers, function, body)) {
          body.add(instr);
        }
        Instr last = body.isEmpty() ? instr : body.get(body.size() - 1);
        if (last.op() == Op.BOX) {
          kinds.put(last.dest(), (Boxed) last.imm());
        }
      }
      block.body().clear();
      block.body().addAll(body);
    }
  }

  /** A polymorphic comparison of which one side is known to be a boxed integer; the other is of the same type. */
  private static boolean compare(
      Instr instr, Map<Var, Boxed> kinds, Function function, List<Instr> body) {
    if (instr.op() != Op.C_CALL || instr.dest() == null) {
      return false;
    }
    for (Var arg : instr.args()) {
      if (kinds.containsKey(arg)) {
        Emit out = new Emit(function, body, instr.pc());
        return new IntegerPrimitives(out, var -> null)
            .compare(((Primitive) instr.imm()).name(), kinds.get(arg), instr);
      }
    }
    return false;
  }

  private static boolean rewrite(
      Instr instr, Map<Var, Integer> numbers, Function function, List<Instr> body) {
    Emit out = new Emit(function, body, instr.pc());
    switch (instr.op()) {
      case C_CALL -> {
        String name = ((Primitive) instr.imm()).name();
        if (instr.args().length < arity(name)) {
          // Declared with fewer arguments than it has: what it does is C's business.
          return false;
        }
        return new FloatPrimitives(out).rewrite(name, instr)
            || new IntegerPrimitives(out, numbers::get).rewrite(name, instr)
            || new ArrayPrimitives(out).rewrite(name, instr);
      }
      case FLOAT_FIELD -> {
        Var block = instr.arg(0);
        int offset = 8 * instr.intImm();
        Var low = out.word(Op.W_LOAD, offset, block);
        out.box(instr.dest(), Boxed.FLOAT, low, out.word(Op.W_LOAD, offset + 4, block));
      }
      case SET_FLOAT_FIELD -> {
        Var[] words = out.unbox(Boxed.FLOAT, instr.arg(1));
        int offset = 8 * instr.intImm();
        out.effect(Op.W_STORE, offset, instr.arg(0), words[0]);
        out.effect(Op.W_STORE, offset + 4, instr.arg(0), words[1]);
      }
      case FLOAT_BLOCK -> {
        return floatBlock(instr, out);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Arguments that rewriting takes; 1 for names that are not known here. */
  private static int arity(String name) {
    return THREE.matcher(name).matches() ? 3 : TWO.matcher(name).matches() ? 2 : 1;
  }

  private static boolean floatBlock(Instr instr, Emit out) {
    int words = 2 * instr.args().length;
    if (words > MAX_YOUNG_WORDS) {
      return false;
    }
    List<Var> parts = new ArrayList<>();
    for (Var arg : instr.args()) {
      parts.addAll(List.of(out.unbox(Boxed.FLOAT, arg)));
    }
    out.into(instr.dest(), Op.W_ALLOC, words << 10 | OcamlTags.DOUBLE_ARRAY);
    for (int i = 0; i < words; i++) {
      out.effect(Op.W_STORE, 4 * i, instr.dest(), parts.get(i));
    }
    return true;
  }
}
