/* SPDX-License-Identifier: Apache-2.0 */
/* The vectors of the register windows for code of the windowed ABI (Xtensa ISA Reference Manual, 8.1.4 "Stack
   frame layout"; 4.7.1 "Windowed register option"). A frame whose registers are needed by a deeper call goes to
   the stack: its first four registers below the stack pointer of the function it called, the others below that of
   its caller. They come back when control does. */

#include "window_option.h"
#include "vectors.h"

/* Where the stack pointer of a frame's caller is saved, from the frame's own stack pointer. */
#define CALLERS_STACK -12

    /* Four registers from a_first on, at an offset from a_base. */
    .macro each_of_four access, first, base, offset
    \access \first + 0, \base, \offset + 0
    \access \first + 1, \base, \offset + 4
    \access \first + 2, \base, \offset + 8
    \access \first + 3, \base, \offset + 12
    .endm

    /* In the window of the frame to save, or to restore; the stack pointer of the frame it called is a5, a9 or a13. */
    .section .iram.vectors.windows, "ax"
    .align 1024
    .global _vectors
_vectors:
    vector 0x000                /* overflow of a frame that made a call4 */
    each_of_four s32e_lx6, 0, 5, -16
    rfwo_lx6
    vector 0x040                /* underflow of it */
    each_of_four l32e_lx6, 0, 5, -16
    rfwu_lx6
    vector 0x080                /* call8 */
    s32e_lx6 0, 9, -16
    l32e_lx6 0, 1, CALLERS_STACK
    s32e_lx6 1, 9, -12
    s32e_lx6 2, 9, -8
    s32e_lx6 3, 9, -4
    each_of_four s32e_lx6, 4, 0, -32
    rfwo_lx6
    vector 0x0C0
    l32e_lx6 1, 9, -12
    l32e_lx6 0, 9, -16
    l32e_lx6 7, 1, CALLERS_STACK
    l32e_lx6 2, 9, -8
    l32e_lx6 3, 9, -4
    l32e_lx6 4, 7, -32
    l32e_lx6 5, 7, -28
    l32e_lx6 6, 7, -24
    l32e_lx6 7, 7, -20
    rfwu_lx6
    vector 0x100                /* call12 */
    s32e_lx6 0, 13, -16
    l32e_lx6 0, 1, CALLERS_STACK
    s32e_lx6 1, 13, -12
    s32e_lx6 2, 13, -8
    s32e_lx6 3, 13, -4
    each_of_four s32e_lx6, 4, 0, -48
    each_of_four s32e_lx6, 8, 0, -32
    rfwo_lx6
    vector 0x140
    l32e_lx6 1, 13, -12
    l32e_lx6 0, 13, -16
    l32e_lx6 11, 1, CALLERS_STACK
    l32e_lx6 2, 13, -8
    l32e_lx6 3, 13, -4
    each_of_four l32e_lx6, 4, 11, -48
    l32e_lx6 8, 11, -32
    l32e_lx6 9, 11, -28
    l32e_lx6 10, 11, -24
    l32e_lx6 11, 11, -20
    rfwu_lx6
    .org VECTORS_OTHERS
