// SPDX-License-Identifier: Apache-2.0
/** The ESP32's Ethernet MAC (TRM, "Ethernet Media Access Controller (MAC)") and the PHY beside the chip. */
package mirage.emulator.ethernet;
