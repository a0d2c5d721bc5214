// SPDX-License-Identifier: Apache-2.0
package mirage.backend.ir;

import java.util.ArrayList;
import java.util.List;

/**
 * What operands an operation takes and what it makes.
 *
 * @param operands types; the last one's may be repeated, any number of times
 * @param repeats whether it is
 * @param immediate its kind; null for none
 * @param result its type; null for none
 * @param optional whether an instruction may do without the result
 */
public record Signature(
    List<Operand> operands,
    boolean repeats,
    Immediate.Kind immediate,
    Operand result,
    boolean optional) {

  /** A type, or any. */
  public enum Operand {
    VALUE,
    WORD,
    ANY;

    boolean accepts(Var var) {
      return this == ANY || var.type() == (this == VALUE ? Type.VALUE : Type.WORD);
    }

    private static Operand of(char letter) {
      return switch (letter) {
        case 'v' -> VALUE;
        case 'w' -> WORD;
        case 'x' -> ANY;
        default -> throw new IllegalArgumentException("no type: " + letter);
      };
    }
  }

  /**
   * Reads {@code v w x* [kind] -> v?}: a value, a word, any number of either, an immediate; a result that may be missing.
   */
  static Signature parse(String text) {
    List<Operand> operands = new ArrayList<>();
    boolean repeats = false;
    Immediate.Kind immediate = null;
    int arrow = text.indexOf("->");
    for (String part : text.substring(0, arrow).trim().split(" ")) {
      if (part.startsWith("[")) {
        immediate = Immediate.Kind.of(part.substring(1, part.length() - 1));
      } else if (!part.isEmpty()) {
        operands.add(Operand.of(part.charAt(0)));
        repeats = part.endsWith("*");
      }
    }
    String result = text.substring(arrow + 2).trim();
    return new Signature(
        List.copyOf(operands),
        repeats,
        immediate,
        result.isEmpty() ? null : Operand.of(result.charAt(0)),
        result.isEmpty() || result.endsWith("?"));
  }

  /** What is wrong with an instruction; null if nothing is. */
  String problem(Instr instr) {
    int least = operands.size() - (repeats ? 1 : 0);
    int count = instr.args().length;
    if (count < least || count > least && !repeats) {
      return count + " operands in place of " + least + (repeats ? " or more" : "");
    }
    for (int i = 0; i < count; i++) {
      if (!operands.get(Math.min(i, operands.size() - 1)).accepts(instr.arg(i))) {
        return "operand " + instr.arg(i) + " is of the wrong type";
      }
    }
    if (immediate == null ? instr.imm() != null : !immediate.accepts(instr.imm())) {
      return "immediate "
          + instr.imm()
          + " in place of "
          + (immediate == null ? "none" : immediate);
    }
    if (instr.dest() == null) {
      return optional ? null : "no result";
    }
    return result != null && result.accepts(instr.dest()) ? null : "result of the wrong type";
  }
}
