// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.run;

/** How fast the time of several boards goes by, and what comes to their wire meanwhile. */
interface Pace {
  /** As fast as it can, with nobody outside. */
  Pace FREE = (now, next) -> next;

  /**
   * The boards stand at tick {@code now}, and none of them does anything before {@code next}, which is not earlier.
   *
   * @return the tick from which on something is sent, from {@code now} to {@code next}
   */
  long quietUntil(long now, long next);
}
