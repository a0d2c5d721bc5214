// SPDX-License-Identifier: Apache-2.0
/** Virtual time: one tick counter, the alarms on it, the chip's clock tree, and pacing to the host clock. */
package mirage.emulator.clock;
