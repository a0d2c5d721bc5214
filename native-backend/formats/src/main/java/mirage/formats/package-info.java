// SPDX-License-Identifier: Apache-2.0
/** File formats: OCaml bytecode executable, ELF32, ESP32 application image, partition table, flash image. */
package mirage.formats;
