// SPDX-License-Identifier: Apache-2.0
/**
 * An LX6 core as the ESP32 has two of: registers, windows, exceptions, interrupts, timers, and the
 * semantics of every row of {@link mirage.xtensa.Opcode}. Code is decoded once, into blocks.
 *
 * <p>It has more classes than can be seen at once: the units of one core share its registers, which nobody else is to see.
 */
package mirage.emulator.core;
