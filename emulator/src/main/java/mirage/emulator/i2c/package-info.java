// SPDX-License-Identifier: Apache-2.0
/** The chip's I2C controllers, and the lines by which they reach devices. */
package mirage.emulator.i2c;
