// SPDX-License-Identifier: Apache-2.0
package mirage.emulator.ethernet;

/**
 * A frame on its way from the MAC to memory.
 *
 * @param bytes what the program gets
 * @param status the MAC's bits of word 0 of a receive descriptor
 * @param extended word 4 of a receive descriptor; written if bit 0 of {@code status} says so
 */
record ReceivedFrame(byte[] bytes, int status, int extended) {}
