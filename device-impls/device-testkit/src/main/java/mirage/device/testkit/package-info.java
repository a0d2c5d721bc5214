// SPDX-License-Identifier: Apache-2.0
/**
 * For tests of devices: OCaml libraries of the jars on the class path are compiled on this machine,
 * and programs run with them on a test board, an implementation of {@code board.h} in which time is
 * virtual, console input is scripted and random numbers repeat.
 */
package mirage.device.testkit;
