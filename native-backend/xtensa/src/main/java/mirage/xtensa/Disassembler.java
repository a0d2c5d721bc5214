// SPDX-License-Identifier: Apache-2.0
package mirage.xtensa;

import java.util.List;

/** The text of instructions, as GNU objdump writes it; the assembler reads it back. */
public final class Disassembler {
  private Disassembler() {}

  /**
   * The text of the instruction at {@code address}, or {@code .byte} with the first byte of a word
   * that is none.
   */
  public static String text(int word, int address) {
    return Decoder.decode(word, address)
        .map(Disassembler::text)
        .orElseGet(() -> String.format(".byte\t0x%02x", word & 0xff));
  }

  /** Mnemonic, a tab, operands; labels are hexadecimal addresses. */
  public static String text(Instruction instruction) {
    Opcode opcode = instruction.opcode();
    List<Operand> operands = opcode.operands();
    StringBuilder mnemonic = new StringBuilder(opcode.mnemonic());
    StringBuilder rest = new StringBuilder();
    for (int i = 0; i < operands.size(); i++) {
      Operand operand = operands.get(i);
      int value = instruction.operand(i);
      String name = registerName(opcode, operand, value);
      if (name != null) {
        mnemonic.append('.').append(name);
      } else {
        rest.append(rest.length() == 0 ? "\t" : ", ").append(text(operand, value));
      }
    }
    return mnemonic.append(rest).toString();
  }

  /** The name that becomes part of the mnemonic, or null. */
  private static String registerName(Opcode opcode, Operand operand, int value) {
    if (operand.kind() == Operand.Kind.SPECIAL) {
      SpecialRegister register = SpecialRegister.of(value);
      return register == null ? null : register.text(opcode == Opcode.WSR);
    }
    if (operand.kind() == Operand.Kind.USER) {
      UserRegister register = UserRegister.of(value);
      return register == null ? null : register.text();
    }
    return null;
  }

  private static String text(Operand operand, int value) {
    return switch (operand.kind()) {
      case ADDRESS -> "a" + value;
      case FLOAT -> "f" + value;
      case BOOLEAN -> booleans(operand, value);
      case MAC -> "m" + value;
      case SPECIAL, USER -> Integer.toString(value);
      case IMMEDIATE ->
          value > -256 && value < 256 ? Integer.toString(value) : "0x" + Integer.toHexString(value);
      case LABEL -> "0x" + Integer.toHexString(value);
    };
  }

  /** A group of booleans is written in full. */
  private static String booleans(Operand operand, int first) {
    int count = operand == Operand.BS4 ? 4 : operand == Operand.BS8 ? 8 : 1;
    StringBuilder text = new StringBuilder("b").append(first);
    for (int i = 1; i < count; i++) {
      text.append(":b").append(first + i);
    }
    return text.toString();
  }
}
