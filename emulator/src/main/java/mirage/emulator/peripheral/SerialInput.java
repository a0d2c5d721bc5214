// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.peripheral;

/** The far end of a serial line, sending. */
@FunctionalInterface
public interface SerialInput {
  /** A line on which nothing is ever sent. */
  SerialInput NONE = () -> -1;

  /** The next byte, 0 to 255, or -1 if there is none now. */
  int poll();
}
