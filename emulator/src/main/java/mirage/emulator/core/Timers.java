// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.core;

/** CCOUNT and the three comparators that raise interrupts (ISA manual, section 4.4.6). */
final class Timers {
  private static final long PERIOD = 1L << 32;

  private final State state;

  /** The value of the cycle counter at which the next comparator matches. */
  private long next = PERIOD;

  Timers(State state) {
    this.state = state;
  }

  /** The value of the cycle counter at which {@link #fire} is to be called. */
  long next() {
    return next;
  }

  void setCcount(int value) {
    state.ccountOffset = value - (int) state.now();
    schedule(state.now());
  }

  void setCcompare(int index, int value) {
    state.ccompare[index] = value;
    state.interrupt &= ~(1 << Interrupts.TIMERS[index]);
    state.updateAttention();
    schedule(state.now());
  }

  /** Raises the interrupts of all comparators that match now. */
  void fire() {
    int ccount = state.ccount();
    for (int i = 0; i < state.ccompare.length; i++) {
      if (state.ccompare[i] == ccount) {
        state.interrupt |= 1 << Interrupts.TIMERS[i];
      }
    }
    state.updateAttention();
    schedule(state.cycles);
  }

  /** A comparator that is equal now has been, or matches after a whole period. */
  private void schedule(long now) {
    long nearest = PERIOD;
    int ccount = (int) now + state.ccountOffset;
    for (int value : state.ccompare) {
      long distance = value - ccount & PERIOD - 1;
      nearest = Math.min(nearest, distance == 0 ? PERIOD : distance);
    }
    next = now + nearest;
    // Whoever runs blocks may have counted on a later match.
    state.attention = true;
    state.leave = true;
  }
}
