/* SPDX-License-Identifier: Apache-2.0 */
/* The instructions of the windowed register option (Xtensa ISA Reference Manual, 4.7.1), which the assembler for the
   LX106 has not: registers by number; sizes of frames are multiples of 8, offsets of l32e and s32e -64 to -4. */

#ifndef WINDOW_OPTION_H
#define WINDOW_OPTION_H

/* PS.WOE: calls rotate the register windows, and what does not fit is put on the stack by exceptions. */
#define PS_WOE_SHIFT 18

.macro word_lx6 word
    .byte (\word) & 0xFF, (\word) >> 8 & 0xFF, (\word) >> 16
.endm
.macro entry_lx6 s, size
    word_lx6 0x36 | (\s) << 8 | (\size) / 8 << 12
.endm
.macro callx8_lx6 s
    word_lx6 0xE0 | (\s) << 8
.endm
.macro retw_lx6
    word_lx6 0x90
.endm
.macro rotw_lx6 windows
    word_lx6 0x408000 | (\windows) << 4
.endm
.macro l32e_lx6 t, s, offset
    word_lx6 0x090000 | (64 + (\offset)) / 4 << 12 | (\s) << 8 | (\t) << 4
.endm
.macro s32e_lx6 t, s, offset
    word_lx6 0x490000 | (64 + (\offset)) / 4 << 12 | (\s) << 8 | (\t) << 4
.endm
.macro rfwo_lx6
    word_lx6 0x3400
.endm
.macro rfwu_lx6
    word_lx6 0x3500
.endm

#endif
