// SPDX-License-Identifier: Apache-2.0
/** Consoles: the serial line of the chip, standard input and output of a process. */
package mirage.device.console;
