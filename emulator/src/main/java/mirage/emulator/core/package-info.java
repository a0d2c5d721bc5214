// SPDX-License-Identifier: Apache-2.0
/**
 * An LX6 core as the ESP32 has two of: registers, windows, exceptions, interrupts, timers, and the
 * semantics of every row of {@link mirage.xtensa.Opcode}. Code is decoded once, into blocks.
 */
package mirage.emulator.core;
