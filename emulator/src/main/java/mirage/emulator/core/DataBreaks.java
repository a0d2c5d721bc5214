// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.core;

import mirage.emulator.bus.AddressSpace;
import mirage.emulator.bus.Watchpoint;
import mirage.xtensa.SpecialRegister;

/** The two data breakpoints DBREAKA/DBREAKC of the debug option (ISA manual, 4.7.6.5). */
final class DataBreaks {
  private static final int COUNT = 2;
  private static final int LOADS = 1 << 30;
  private static final int STORES = 1 << 31;
  private static final int MASK = 0x3f;

  private final State state;
  private final AddressSpace space;

  DataBreaks(State state, AddressSpace space) {
    this.state = state;
    this.space = space;
  }

  /** An access met data breakpoint {@code number}: it does not take place. */
  static final class Hit extends RuntimeException {
    final int number;

    Hit(int number) {
      super("data breakpoint " + number, null, false, false);
      this.number = number;
    }
  }

  /** To be called when one of the registers changed. */
  void update() {
    for (int number = 0; number < COUNT; number++) {
      int address = state.plain[SpecialRegister.DBREAKA0.number() + number];
      int control = state.plain[SpecialRegister.DBREAKC0.number() + number];
      // The mask has ones on the left; zeros let the low bits of the address be anything.
      int size = (~control & MASK) + 1;
      boolean wanted = (control & (LOADS | STORES)) != 0;
      space.watch(number, wanted ? watchpoint(number, address & -size, size, control) : null);
    }
  }

  private Watchpoint watchpoint(int number, int address, int size, int control) {
    return new Watchpoint(
        address, size, (control & LOADS) != 0, (control & STORES) != 0, () -> touched(number));
  }

  /** At and above the debug level accesses pass. */
  private void touched(int number) {
    if (state.currentLevel() < State.DEBUG_LEVEL) {
      throw new Hit(number);
    }
  }
}
