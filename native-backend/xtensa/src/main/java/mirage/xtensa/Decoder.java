// SPDX-License-Identifier: Apache-2.0
package mirage.xtensa;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the row of an instruction word and the values of its operands. */
public final class Decoder {
  /** Rows by the bits that most rows fix: op0 (bits 0-3) and op1, op2 (bits 16-23). */
  private static final Opcode[][] CANDIDATES = candidates();

  private Decoder() {}

  /**
   * The row that {@code word} belongs to, or null if it is no LX6 instruction.
   *
   * @param word two or three bytes, the first in bits 0-7; bytes behind the instruction are ignored
   */
  public static Opcode opcode(int word) {
    for (Opcode opcode : CANDIDATES[key(word)]) {
      if ((word & opcode.mask()) == opcode.match()) {
        return opcode;
      }
    }
    return null;
  }

  /**
   * Decodes the instruction at {@code address}.
   *
   * @param word two or three bytes, the first in bits 0-7; bytes behind the instruction are ignored
   * @return empty if the word is no LX6 instruction
   */
  public static Optional<Instruction> decode(int word, int address) {
    Opcode opcode = opcode(word);
    if (opcode == null) {
      return Optional.empty();
    }
    int[] values = new int[4];
    List<Operand> operands = opcode.operands();
    for (int i = 0; i < operands.size(); i++) {
      values[i] = operands.get(i).decode(word, address);
    }
    return Optional.of(new Instruction(opcode, values[0], values[1], values[2], values[3]));
  }

  /** Short instructions have no op1 and op2: their key is op0 alone. */
  private static int key(int word) {
    return Opcode.lengthOf(word) == 2 ? word & 0xf : word & 0xf | word >>> 12 & 0xff0;
  }

  private static Opcode[][] candidates() {
    List<List<Opcode>> lists = new ArrayList<>();
    for (int key = 0; key < 1 << 12; key++) {
      lists.add(new ArrayList<>());
    }
    for (Opcode opcode : Opcode.values()) {
      int fixed = key(opcode.mask() & ~0xf | opcode.match() & 0xf);
      int wanted = key(opcode.match());
      for (int key = 0; key < 1 << 12; key++) {
        if ((key & 0xf) == (wanted & 0xf) && (key & fixed & 0xff0) == (wanted & 0xff0)) {
          lists.get(key).add(opcode);
        }
      }
    }
    return lists.stream().map(l -> l.toArray(Opcode[]::new)).toArray(Opcode[][]::new);
  }
}
