// SPDX-License-Identifier: Apache-2.0
/**
 * An ESP32 in the JVM. {@link mirage.emulator.Esp32} is the chip, for embedding. Below it: the wiring of the chip, its
 * memory map, what its ROM does, the scheduling of the two cores in virtual time.
 */
package mirage.emulator;
