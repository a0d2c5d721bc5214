// SPDX-License-Identifier: Apache-2.0
package mirage.backend.machine.word;

import java.util.List;
import mirage.backend.ir.Bits;
import mirage.backend.ir.Function;
import mirage.backend.ir.Instr;
import mirage.backend.ir.Op;
import mirage.backend.ir.Type;
import mirage.backend.ir.Var;
import mirage.backend.machine.target.Addresses;
import mirage.backend.machine.target.Immediates;
import mirage.backend.machine.target.Words;

/** Simpler instructions for operations on words, from what their operands are made of. */
final class WordRules {
  private final Function function;
  private final WordValues values;
  private final Addresses addresses;

  WordRules(Function function, WordValues values, Addresses addresses) {
    this.function = function;
    this.values = values;
    this.addresses = addresses;
  }

  /**
   * A simpler instruction with the same result; null when an older variable has it.
   *
   * @param before the block's instructions before it; one that it needs is added
   */
  Instr simpler(Instr instr, List<Instr> before) {
    return switch (instr.op()) {
      case W_ADDI -> addi(instr, before);
      case W_ADD -> add(instr, before);
      case W_SARI -> sari(instr);
      case W_AND -> and(instr);
      case W_OR -> or(instr);
      case W_SHLI -> {
        Integer n = values.number(instr.arg(0));
        yield n == null ? instr : constant(instr, n << instr.intImm());
      }
      case W_LOAD, W_STORE -> access(instr);
      default -> instr;
    };
  }

  private static Instr constant(Instr instr, int number) {
    return Instr.of(Op.W_CONST, instr.dest(), number, instr.pc());
  }

  private Instr addi(Instr instr, List<Instr> before) {
    Integer n = values.number(instr.arg(0));
    if (n != null) {
      return constant(instr, n + instr.intImm());
    }
    Instr gathered = gathered(instr, before);
    if (gathered != null) {
      return gathered;
    }
    Instr inner = values.made(instr.arg(0), Op.W_ADDI);
    Var base = inner == null ? instr.arg(0) : inner.arg(0);
    int sum = instr.intImm() + (inner == null ? 0 : inner.intImm());
    if (sum == 0 && Words.replaces(base, instr.dest())) {
      values.same(instr.dest(), base);
      return null;
    }
    if (inner == null || keepsAddress(inner)) {
      return instr;
    }
    return Instr.of(Op.W_ADDI, instr.dest(), sum, instr.pc(), base);
  }

  /** Whether what an address is made of is an address too, which must not be kept longer than it was. */
  private boolean keepsAddress(Instr inner) {
    Instr base = values.made(inner.arg(0));
    return addresses.pointsInside(inner) && base != null && addresses.pointsInside(base);
  }

  /** Numbers added to the parts of a sum, a difference or a shift are added once, to the whole: tags, above all. */
  private Instr gathered(Instr instr, List<Instr> before) {
    Instr whole = values.made(instr.arg(0));
    if (whole == null || whole.dest().type() != Type.WORD) {
      return null;
    }
    boolean shift = whole.op() == Op.W_SHLI;
    if (!shift && whole.op() != Op.W_ADD && whole.op() != Op.W_SUB) {
      return null;
    }
    Var[] parts = whole.args().clone();
    int sum = instr.intImm();
    for (int i = 0; i < parts.length; i++) {
      Instr part = values.made(parts[i], Op.W_ADDI);
      if (part != null && !insideBlock(part.arg(0))) {
        parts[i] = part.arg(0);
        int number = shift ? part.intImm() << whole.intImm() : part.intImm();
        sum += i == 1 && whole.op() == Op.W_SUB ? -number : number;
      }
    }
    if (List.of(parts).equals(List.of(whole.args())) || !Immediates.addi(sum)) {
      return null;
    }
    Var bare = function.newVar(Type.WORD);
    Instr made = new Instr(whole.op(), bare, parts, whole.imm(), whole.pc());
    values.define(made);
    before.add(made);
    return Instr.of(Op.W_ADDI, instr.dest(), sum, instr.pc(), bare);
  }

  /** Whether the variable may be an address that must not be kept. */
  private boolean insideBlock(Var var) {
    Instr made = values.made(var);
    return var.type() == Type.WORD
        && made != null
        && made.op() != Op.W_ADD
        && made.op() != Op.W_SUB
        && addresses.pointsInside(made);
  }

  private Instr add(Instr instr, List<Instr> before) {
    for (int i = 0; i < 2; i++) {
      Integer n = values.number(instr.arg(i));
      if (n != null && Immediates.addi(n)) {
        Instr sum = Instr.of(Op.W_ADDI, instr.dest(), n, instr.pc(), instr.arg(1 - i));
        return addi(sum, before);
      }
    }
    return instr;
  }

  private Instr sari(Instr instr) {
    Integer n = values.number(instr.arg(0));
    if (n != null) {
      return constant(instr, n >> instr.intImm());
    }
    Var number = instr.intImm() == 1 ? values.untagged(instr.arg(0)) : null;
    if (number != null && Words.replaces(number, instr.dest())) {
      values.same(instr.dest(), number);
      return null;
    }
    return instr;
  }

  private Instr and(Instr instr) {
    for (int i = 0; i < 2; i++) {
      Integer mask = values.number(instr.arg(i));
      if (mask != null && mask > 0 && (mask & mask + 1) == 0 && mask < 1 << 16) {
        Bits bits = new Bits(0, Integer.bitCount(mask));
        return Instr.of(Op.W_EXTUI, instr.dest(), bits, instr.pc(), instr.arg(1 - i));
      }
    }
    return instr;
  }

  /** Two shifts whose results meet: a rotation, or part of a longer number. */
  private Instr or(Instr instr) {
    for (int i = 0; i < 2; i++) {
      Instr left = values.made(instr.arg(i), Op.W_SHLI);
      Instr right = values.made(instr.arg(1 - i));
      if (left != null && right != null && rightShift(right) == 32 - left.intImm()) {
        int shift = rightShift(right);
        return Instr.of(Op.W_FUNNEL, instr.dest(), shift, instr.pc(), left.arg(0), right.arg(0));
      }
    }
    return instr;
  }

  /** By how much an instruction moves the upper bits down and nothing else; 0 for others. */
  private static int rightShift(Instr instr) {
    if (instr.op() == Op.W_SHRI) {
      return instr.intImm();
    }
    if (instr.op() == Op.W_EXTUI) {
      Bits bits = (Bits) instr.imm();
      return bits.shift() + bits.count() == 32 ? bits.shift() : 0;
    }
    return 0;
  }

  /** The offset goes into the access when it can; the address is needed no longer than before. */
  private Instr access(Instr instr) {
    Instr address = values.made(instr.arg(0), Op.W_ADDI);
    if (address == null || !addresses.pointsInside(address)) {
      return instr;
    }
    Instr inner = values.made(address.arg(0));
    int offset = instr.intImm() + address.intImm();
    if (offset < 0
        || offset > 1020
        || offset % 4 != 0
        || inner != null && addresses.pointsInside(inner)) {
      return instr;
    }
    Var[] args = instr.args().clone();
    args[0] = address.arg(0);
    return Instr.of(instr.op(), instr.dest(), offset, instr.pc(), args);
  }
}
