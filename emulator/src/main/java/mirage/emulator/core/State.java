// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.core;

import java.util.Arrays;
import mirage.xtensa.SpecialRegister;

/** The registers of a core, and what the units of the core tell each other. */
final class State {
  static final int PS_INTLEVEL = 0xf;
  static final int PS_EXCM = 1 << 4;
  static final int PS_UM = 1 << 5;
  static final int PS_OWB_SHIFT = 8;
  static final int PS_CALLINC_SHIFT = 16;
  static final int PS_WOE = 1 << 18;
  static final int PS_DEFINED = 0x00070f3f;

  /** The level exceptions run at (ESP32: XCHAL_EXCM_LEVEL). */
  static final int EXCM_LEVEL = 3;

  static final int DEBUG_LEVEL = 6;

  /** Bit of {@link #blocked} and of what a block needs: the floating-point unit. */
  static final int NEEDS_FLOAT = 1 << 3;

  /** Atomic accesses go to the memory's own controller, whatever its kind (table 5-170). */
  private static final int ATOMCTL_RESET = 0x28;

  /** The 16 registers of the current window; {@link #physical} is stale for these. */
  final int[] a = new int[16];

  final int[] physical = new int[64];
  final int[] f = new int[16];
  final int[] m = new int[4];

  /** The MAC16 accumulator: 40 bits, sign-extended. */
  long acc;

  int windowBase;
  int windowStart;
  int ps;
  int sar;
  int lbeg;
  int lend;
  int lcount;
  int br;
  int scompare1;
  int vecbase;
  int cpenable;
  int exccause;
  int excvaddr;
  int depc;
  int debugcause;
  final int[] epc = new int[8];
  final int[] eps = new int[8];
  final int[] excsave = new int[8];

  /** Registers without a function here: what was written is read back. By special register. */
  final int[] plain = new int[256];

  /** User registers, by number. */
  final int[] user = new int[256];

  int intenable;
  int interrupt;
  final int[] ccompare = new int[3];

  /** Cycles before the block being run; CCOUNT and devices add {@link #position}. */
  long cycles;

  /** CCOUNT minus the low half of the cycle counter. */
  int ccountOffset;

  /** Index in its block of the instruction being run; valid while a memory access or a unit runs. */
  int position;

  /** The block must be left after this instruction: an interrupt, or its code changed. */
  boolean leave;

  /** Before the next block: an interrupt can be taken, or the core waits. */
  boolean attention;

  boolean waiting;

  /** What blocks must not need now: bits 0-2 register quads 1-3, {@link #NEEDS_FLOAT}. */
  int blocked;

  void reset(int vectorBase) {
    Arrays.fill(a, 0);
    Arrays.fill(physical, 0);
    windowBase = 0;
    windowStart = 1;
    lcount = 0;
    vecbase = vectorBase;
    cpenable = 0;
    intenable = 0;
    interrupt = 0;
    waiting = false;
    Arrays.fill(plain, 0);
    plain[SpecialRegister.ATOMCTL.number()] = ATOMCTL_RESET;
    setPs(PS_EXCM | PS_INTLEVEL);
  }

  boolean excm() {
    return (ps & PS_EXCM) != 0;
  }

  long now() {
    return cycles + position;
  }

  int ccount() {
    return (int) now() + ccountOffset;
  }

  /** Moves the window by {@code quads} times four registers. */
  void rotate(int quads) {
    setWindowBase(windowBase + quads);
  }

  void setWindowBase(int base) {
    for (int i = 0; i < 16; i++) {
      physical[windowBase * 4 + i & 63] = a[i];
    }
    windowBase = base & 15;
    for (int i = 0; i < 16; i++) {
      a[i] = physical[windowBase * 4 + i & 63];
    }
    updateBlocked();
  }

  void setWindowStart(int bits) {
    windowStart = bits & 0xffff;
    updateBlocked();
  }

  /** WINDOWSTART as seen from the current window: bit n belongs to the frame n quads up. */
  int windowStartFromHere() {
    return (windowStart | windowStart << 16) >>> windowBase & 0xffff;
  }

  void setPs(int value) {
    ps = value & PS_DEFINED;
    updateBlocked();
    updateAttention();
  }

  void setCpenable(int value) {
    cpenable = value & 0xff;
    updateBlocked();
  }

  /**
   * Registers of a quad are out of reach while that quad, or one below it, belongs to another frame
   * (ISA manual, 4.7.1.3).
   */
  private void updateBlocked() {
    int quads = 0;
    if ((ps & (PS_WOE | PS_EXCM)) == PS_WOE) {
      int taken = windowStartFromHere() >>> 1 & 7;
      quads = taken | taken << 1 | taken << 2;
    }
    blocked = quads & 7 | ((cpenable & 1) == 0 ? NEEDS_FLOAT : 0);
  }

  /** The level below and at which interrupts are masked. */
  int currentLevel() {
    int level = ps & PS_INTLEVEL;
    return excm() ? Math.max(level, EXCM_LEVEL) : level;
  }

  /** The level of the interrupt to be taken now, or 0. */
  int deliverableLevel() {
    int enabled = interrupt & (intenable | Interrupts.NMI);
    return enabled == 0 ? 0 : Interrupts.deliverableLevel(enabled, currentLevel());
  }

  /** To be called whenever PS, INTENABLE, INTERRUPT or {@link #waiting} changed. */
  void updateAttention() {
    attention = waiting || deliverableLevel() != 0;
    leave |= attention;
  }
}
