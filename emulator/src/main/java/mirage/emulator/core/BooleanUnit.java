// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.core;

import mirage.xtensa.Instruction;

/** The boolean registers (ISA manual, section 4.3.9). */
final class BooleanUnit {
  private final State state;

  BooleanUnit(State state) {
    this.state = state;
  }

  /** Runs an instruction of the boolean option; returns where control goes. */
  int execute(Instruction i, int next) {
    switch (i.opcode()) {
      case ANDB -> set(i.a(), get(i.b()) && get(i.c()));
      case ANDBC -> set(i.a(), get(i.b()) && !get(i.c()));
      case ORB -> set(i.a(), get(i.b()) || get(i.c()));
      case ORBC -> set(i.a(), get(i.b()) || !get(i.c()));
      case XORB -> set(i.a(), get(i.b()) != get(i.c()));
      case ANY4 -> set(i.a(), group(i.b(), 0xf) != 0);
      case ALL4 -> set(i.a(), group(i.b(), 0xf) == 0xf);
      case ANY8 -> set(i.a(), group(i.b(), 0xff) != 0);
      case ALL8 -> set(i.a(), group(i.b(), 0xff) == 0xff);
      case MOVF -> move(i, !get(i.c()));
      case MOVT -> move(i, get(i.c()));
      case BF -> {
        return get(i.a()) ? next : i.b();
      }
      case BT -> {
        return get(i.a()) ? i.b() : next;
      }
      default -> throw new IllegalStateException(i.toString());
    }
    return next;
  }

  boolean get(int index) {
    return (state.br >>> index & 1) != 0;
  }

  void set(int index, boolean value) {
    state.br = value ? state.br | 1 << index : state.br & ~(1 << index);
  }

  private int group(int first, int mask) {
    return state.br >>> first & mask;
  }

  private void move(Instruction i, boolean wanted) {
    if (wanted) {
      state.a[i.a()] = state.a[i.b()];
    }
  }
}
