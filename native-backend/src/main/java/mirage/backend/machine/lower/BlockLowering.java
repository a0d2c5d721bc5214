// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.lower;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.UnaryOperator;
import mirage.backend.ir.Boxed;
import mirage.backend.ir.ClosureSet;
import mirage.backend.ir.Function;
import mirage.backend.ir.Instr;
import mirage.backend.ir.Op;
import mirage.backend.ir.Symbol;
import mirage.backend.ir.Var;
import mirage.backend.machine.target.ClosureLayout;
import mirage.backend.machine.target.Names;
import mirage.backend.machine.target.Runtime;
import mirage.formats.OcamlTags;

/** New blocks of the heap: tuples and records, closures, boxed numbers; and doubles in blocks. */
final class BlockLowering {

  private final BlockEmitter out;
  private final StaticData data;
  private final UnaryOperator<Var> use;

  /**
   * @param use the operand, made here if it is a constant
   */
  BlockLowering(BlockEmitter out, StaticData data, UnaryOperator<Var> use) {
    this.out = out;
    this.data = data;
    this.use = use;
  }

  void lower(Instr instr) {
    switch (instr.op()) {
      case BLOCK -> block(instr);
      case FLOAT_BLOCK -> floatBlock(instr);
      case CLOSURES -> closures(instr);
      case BOX -> box(instr);
      case FLOAT_FIELD -> floatField(instr);
      default -> setFloatField(instr);
    }
  }

  private void box(Instr instr) {
    Boxed kind = (Boxed) instr.imm();
    int words = kind.first() + kind.words();
    int tag = kind == Boxed.FLOAT ? OcamlTags.DOUBLE : OcamlTags.CUSTOM;
    out.into(instr.dest(), Op.W_ALLOC, words << 10 | tag);
    if (kind != Boxed.FLOAT) {
      String operations = "caml_" + kind.name().toLowerCase(Locale.ROOT) + "_ops";
      store(instr.dest(), 0, out.constant(new Symbol(operations)));
    }
    for (int i = 0; i < kind.words(); i++) {
      store(instr.dest(), kind.first() + i, use.apply(instr.arg(i)));
    }
  }

  private void closures(Instr instr) {
    ClosureSet set = (ClosureSet) instr.imm();
    ClosureLayout layout = new ClosureLayout(set);
    Var[] captured = uses(instr.args());
    out.into(instr.dest(), Op.W_ALLOC, layout.header(captured.length));
    for (int i = 0; i < set.functions().size(); i++) {
      Function member = set.functions().get(i);
      int start = layout.start(i);
      if (i > 0) {
        store(instr.dest(), start - 1, out.constant(layout.infixHeader(i)));
      }
      store(instr.dest(), start + 1, out.constant(layout.info(i)));
      if (member.arity() > 1) {
        store(instr.dest(), start, out.constant(data.curry(member.arity())));
        store(instr.dest(), start + 2, out.constant(Names.codeSymbol(member)));
      } else {
        store(instr.dest(), start, out.constant(Names.codeSymbol(member)));
      }
    }
    for (int i = 0; i < captured.length; i++) {
      store(instr.dest(), layout.environment() + i, captured[i]);
    }
  }

  private void store(Var block, int word, Var value) {
    out.effect(Op.W_STORE, 4 * word, block, value);
  }

  private void block(Instr instr) {
    Var[] fields = uses(instr.args());
    if (fields.length > Runtime.MAX_YOUNG_WORDS) {
      Var size = out.constant(fields.length);
      Var tag = out.constant(instr.intImm());
      CPrimitives.allocating(out, instr.dest(), "caml_alloc", size, tag);
      for (int i = 0; i < fields.length; i++) {
        Var field = out.word(Op.W_ADDI, 4 * i, instr.dest());
        CPrimitives.plain(out, null, "caml_initialize", field, fields[i]);
      }
      return;
    }
    out.into(instr.dest(), Op.W_ALLOC, fields.length << 10 | instr.intImm());
    for (int i = 0; i < fields.length; i++) {
      store(instr.dest(), i, fields[i]);
    }
  }

  private void floatBlock(Instr instr) {
    Var[] fields = uses(instr.args());
    int words = 2 * fields.length;
    if (words > Runtime.MAX_YOUNG_WORDS) {
      Var size = out.constant(words);
      Var tag = out.constant(OcamlTags.DOUBLE_ARRAY);
      CPrimitives.allocating(out, instr.dest(), "caml_alloc", size, tag);
    } else {
      out.into(instr.dest(), Op.W_ALLOC, words << 10 | OcamlTags.DOUBLE_ARRAY);
    }
    for (int i = 0; i < fields.length; i++) {
      copyDouble(fields[i], 0, instr.dest(), 8 * i);
    }
  }

  private void floatField(Instr instr) {
    Var source = use.apply(instr.arg(0));
    out.into(instr.dest(), Op.W_ALLOC, 2 << 10 | OcamlTags.DOUBLE);
    copyDouble(source, 8 * instr.intImm(), instr.dest(), 0);
  }

  private void setFloatField(Instr instr) {
    copyDouble(use.apply(instr.arg(1)), 0, use.apply(instr.arg(0)), 8 * instr.intImm());
  }

  private void copyDouble(Var from, int fromOffset, Var to, int toOffset) {
    Var low = out.word(Op.W_LOAD, fromOffset, from);
    Var high = out.word(Op.W_LOAD, fromOffset + 4, from);
    out.effect(Op.W_STORE, toOffset, to, low);
    out.effect(Op.W_STORE, toOffset + 4, to, high);
  }

  private Var[] uses(Var... vars) {
    return Arrays.stream(vars).map(use).toArray(Var[]::new);
  }
}
