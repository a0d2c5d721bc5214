// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.core;

/** The exception vectors of the ESP32's cores, by their distance in bytes from VECBASE. */
enum Vector {
  WINDOW_OVERFLOW4(0x000),
  WINDOW_UNDERFLOW4(0x040),
  WINDOW_OVERFLOW8(0x080),
  WINDOW_UNDERFLOW8(0x0c0),
  WINDOW_OVERFLOW12(0x100),
  WINDOW_UNDERFLOW12(0x140),
  LEVEL2(0x180),
  LEVEL3(0x1c0),
  LEVEL4(0x200),
  LEVEL5(0x240),
  DEBUG(0x280),
  NMI(0x2c0),
  KERNEL(0x300),
  USER(0x340),
  DOUBLE(0x3c0);

  private static final Vector[] BY_LEVEL = {null, null, LEVEL2, LEVEL3, LEVEL4, LEVEL5, DEBUG, NMI};

  private final int offset;

  Vector(int offset) {
    this.offset = offset;
  }

  int offset() {
    return offset;
  }

  /** The vector of interrupts of a level from 2 to 7. */
  static Vector ofLevel(int level) {
    return BY_LEVEL[level];
  }
}
