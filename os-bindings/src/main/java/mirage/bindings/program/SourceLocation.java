// SPDX-License-Identifier: Apache-2.0
package mirage.bindings.program;

/**
 * Where in the source a call or raise stands.
 *
 * @param pc word of the new code: the instruction a call returns to, or the raise itself
 * @param file as the compiler was told it
 * @param definition enclosing definition
 * @param line from 1
 * @param start first column, from 0
 * @param end column behind the last, counted from the beginning of {@code line}
 */
record SourceLocation(int pc, String file, String definition, int line, int start, int end) {}
