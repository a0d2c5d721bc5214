// SPDX-License-Identifier: Apache-2.0
/**
 * The chip's peripherals, one class a block, with the register names of the ESP32 Technical Reference Manual (TRM).
 * A block declares its registers; any other offset in it is a fault that names block and offset.
 *
 * <p>It has as many classes as the chip has blocks of registers, side by side.
 */
package mirage.emulator.peripheral;
