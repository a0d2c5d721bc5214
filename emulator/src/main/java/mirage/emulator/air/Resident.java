// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.air;

/** Somebody on the air without a time of their own: they act when the air's time comes to it. */
public interface Resident {
  /** The tick at which they want to act; {@link Antenna#NEVER}. */
  long due();

  /** It is {@link #due}. */
  void act(long tick);

  /** A frame on their channel has ended. */
  void hear(long tick, Heard heard);

  /** Whether they would fetch what comes from outside of the air. */
  boolean takesInput();
}
