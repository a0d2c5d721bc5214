// SPDX-License-Identifier: Apache-2.0
package mirage.xtensa;

/**
 * One instruction: its row and the values of its operands in assembler order (register numbers,
 * immediates, absolute addresses); those a row does not have are 0.
 */
public record Instruction(Opcode opcode, int a, int b, int c, int d) {

  public static Instruction of(Opcode opcode, int... values) {
    int[] all = new int[4];
    if (values.length != opcode.operands().size()) {
      throw new EncodingException(
          opcode.mnemonic()
              + ": "
              + values.length
              + " operands given, "
              + opcode.operands().size()
              + " needed");
    }
    System.arraycopy(values, 0, all, 0, values.length);
    return new Instruction(opcode, all[0], all[1], all[2], all[3]);
  }

  /** The value of operand {@code index}. */
  public int operand(int index) {
    return switch (index) {
      case 0 -> a;
      case 1 -> b;
      case 2 -> c;
      case 3 -> d;
      default -> throw new IndexOutOfBoundsException(index);
    };
  }

  /** Length in bytes: 2 or 3. */
  public int length() {
    return opcode.length();
  }
}
