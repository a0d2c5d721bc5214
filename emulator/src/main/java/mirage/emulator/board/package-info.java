// SPDX-License-Identifier: Apache-2.0
/**
 * What the chip is connected to: the seam between its peripherals and the world outside. Nothing here knows
 * a particular peripheral, wire or terminal.
 */
package mirage.emulator.board;
