// SPDX-License-Identifier: Apache-2.0
/**
 * File formats: OCaml bytecode executable, ELF32, ESP32 application image, partition table, flash image.
 *
 * <p>Its classes are formats side by side, a few for each.
 */
package mirage.formats;
