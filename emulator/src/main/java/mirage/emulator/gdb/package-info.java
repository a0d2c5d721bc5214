// SPDX-License-Identifier: Apache-2.0
/**
 * A debugger's remote stub: the GDB Remote Serial Protocol over TCP, for one machine with two threads, its
 * cores.
 */
package mirage.emulator.gdb;
