// SPDX-License-Identifier: Apache-2.0
/**
 * The chip's SPI controllers (TRM, "SPI Controller"), what their lines lead to, and the flash chip, which is a device like any
 * other on the lines of SPI0 and SPI1.
 */
package mirage.emulator.spi;
