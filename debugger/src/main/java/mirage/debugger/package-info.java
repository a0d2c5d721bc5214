// SPDX-License-Identifier: Apache-2.0
/**
 * A debugger for compiled OCaml programs on the emulated chip: {@link mirage.debugger.Debugger} reads commands, {@link
 * mirage.debugger.Program} knows the source, {@link mirage.debugger.Chip} the machine.
 */
package mirage.debugger;
