/* SPDX-License-Identifier: Apache-2.0 */
/* Special registers and instructions the LX6 has and the assembler, which is configured for the
   LX106, refuses: encoded by hand (Xtensa ISA Reference Manual, 6 "Instruction descriptions"). */

#ifndef LX6_H
#define LX6_H

#define SR_LCOUNT 2
#define SR_WINDOWBASE 72
#define SR_WINDOWSTART 73
#define SR_DBREAKA0 144
#define SR_DBREAKA1 145
#define SR_DBREAKC0 160
#define SR_DBREAKC1 161
#define SR_EPC6 182
#define SR_EXCSAVE6 214
#define SR_CPENABLE 224

#ifdef __ASSEMBLER__

/* RSR at, sr: op0 0, t, sr, op1 3, op2 0. */
.macro rsr_lx6 t, sr
    .byte (\t) << 4, (\sr), 0x03
.endm

/* WSR at, sr: op0 0, t, sr, op1 3, op2 1. */
.macro wsr_lx6 t, sr
    .byte (\t) << 4, (\sr), 0x13
.endm

#endif
#endif
