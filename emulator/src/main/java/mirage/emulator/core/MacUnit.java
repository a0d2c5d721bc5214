// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.core;

import mirage.emulator.bus.AddressSpace;
import mirage.xtensa.Instruction;
import mirage.xtensa.Opcode;
import mirage.xtensa.Operand;

/**
 * The MAC16 option (ISA manual, section 4.3.7). What an instruction does is spelled in its mnemonic:
 * operation, register files of the operands, halves, load.
 */
final class MacUnit {
  private final State state;
  private final AddressSpace space;

  MacUnit(State state, AddressSpace space) {
    this.state = state;
    this.space = space;
  }

  void execute(Instruction i) {
    Opcode opcode = i.opcode();
    String[] parts = opcode.mnemonic().split("\\.");
    boolean loads = i.opcode().operands().get(0) == Operand.MW;
    int address = 0;
    int loaded = 0;
    if (loads) {
      boolean up = parts[parts.length - 1].equals("ldinc");
      address = state.a[i.b()] + (up ? 4 : -4);
      loaded = space.load32(address);
    }
    if (parts.length > 1) {
      int first = loads ? 2 : 0;
      accumulate(
          parts[0],
          half(parts[0], parts[2].charAt(0), value(i, first)),
          half(parts[0], parts[2].charAt(1), value(i, first + 1)));
    }
    if (loads) {
      state.a[i.b()] = address;
      state.m[i.a()] = loaded;
    }
  }

  private void accumulate(String operation, int x, int y) {
    long product = (long) x * y;
    long sum =
        switch (operation) {
          case "mula" -> state.acc + product;
          case "muls" -> state.acc - product;
          default -> product;
        };
    state.acc = sum << 24 >> 24;
  }

  private int value(Instruction i, int index) {
    boolean isAddress = i.opcode().operands().get(index).kind() == Operand.Kind.ADDRESS;
    return isAddress ? state.a[i.operand(index)] : state.m[i.operand(index)];
  }

  private static int half(String operation, char which, int value) {
    int half = which == 'h' ? value >>> 16 : value & 0xffff;
    return operation.equals("umul") ? half : (short) half;
  }
}
