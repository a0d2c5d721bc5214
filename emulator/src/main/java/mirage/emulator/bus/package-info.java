// SPDX-License-Identifier: Apache-2.0
/** The bus of a core: which memory or device answers at an address, and who watches it. */
package mirage.emulator.bus;
