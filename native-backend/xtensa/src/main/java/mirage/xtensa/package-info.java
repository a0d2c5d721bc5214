// SPDX-License-Identifier: Apache-2.0
/** The Xtensa LX6 instruction set: one table, from which encoder, decoder, disassembler and assembler derive. */
package mirage.xtensa;
