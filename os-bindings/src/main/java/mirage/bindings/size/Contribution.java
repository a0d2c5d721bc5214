// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.size;

/**
 * What one module takes of one area.
 *
 * @param library findlib name, or name of a C library; {@code program} for what belongs to no library
 * @param module OCaml compilation unit, C file, or what a table is for
 * @param bytes its size
 */
public record Contribution(String library, String module, Area area, int bytes) {}
