// SPDX-License-Identifier: Apache-2.0
/**
 * File formats: OCaml bytecode executable, ELF32, ESP32 application image, partition table, flash image.
 *
 * <p>Its classes are formats side by side, a few for each. Of OCaml's bytecode it is more than the file: what opcodes are short for
 * ({@link mirage.formats.BytecodeOp}, {@link mirage.formats.PlainOp}), the one decoder, whose {@link mirage.formats.Bytecode} all
 * that read code receive, and what damaged code may not do.
 */
package mirage.formats;
