// SPDX-License-Identifier: Apache-2.0
package mirage.xtensa;

import java.util.List;

/** Turns instructions into words. */
public final class Encoder {
  private Encoder() {}

  /**
   * The word of an instruction at {@code address}, first byte in bits 0-7; two or three bytes are
   * meant, see {@link Opcode#length}.
   *
   * @throws EncodingException if an operand cannot be stored; the message names it
   */
  public static int encode(Instruction instruction, int address) {
    Opcode opcode = instruction.opcode();
    List<Operand> operands = opcode.operands();
    int word = opcode.match();
    for (int i = 0; i < operands.size(); i++) {
      Operand operand = operands.get(i);
      int value = instruction.operand(i);
      if (!operand.accepts(value, address)) {
        throw new EncodingException(
            String.format(
                "%s at 0x%08x: operand %d is %s, allowed is %s",
                opcode.mnemonic(),
                address,
                i + 1,
                operand.kind() == Operand.Kind.LABEL ? String.format("0x%08x", value) : value,
                operand.allowed(address)));
      }
      word |= operand.encode(value, address);
    }
    return word;
  }
}
