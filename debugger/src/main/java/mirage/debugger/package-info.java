// SPDX-License-Identifier: Apache-2.0
/**
 * A debugger for compiled OCaml programs on the emulated chip. {@link mirage.debugger.DebugSession} is the debugger:
 * breakpoints, steps, and records of where a program stopped and what is there. {@link mirage.debugger.CommandLine} puts it
 * into words for people. Below them {@code Executable} knows the program's source, {@code ControlFlow} its machine code,
 * {@code Machine} the chip.
 */
package mirage.debugger;
