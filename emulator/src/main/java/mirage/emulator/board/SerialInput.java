// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.board;

/** The far end of a serial line, sending. */
@FunctionalInterface
public interface SerialInput {
  /** A line on which nothing is ever sent. */
  SerialInput NONE = () -> -1;

  /** What {@link #poll} answers once for a break: the line is low for longer than a byte takes. */
  int BREAK = -2;

  /** The next byte, 0 to 255; -1 if there is none now; {@link #BREAK}. */
  int poll();
}
