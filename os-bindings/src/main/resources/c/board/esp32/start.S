/* SPDX-License-Identifier: Apache-2.0 */
/* The application's first instructions. A second-stage loader, ours or the vendor's, has loaded the
   segments, mapped flash and jumped here: on core 0, in any state of the register windows, with any
   stack, perhaps with watchdogs running. Everything after this is call0 code with windows off. */

#include "chip.h"
#include "lx6.h"

/* PS: user vector mode (UM), interrupts of level 1 masked except while board_wait sleeps. */
#define PS_RUN 0x21

    .section .iram.text, "ax"
    .literal_position
    .global _start
    .type _start, @function
    .align 4
_start:
    /* Windows off before any register above a3 is touched: no overflow can then be raised. */
    movi    a0, PS_RUN | 0xF
    wsr     a0, ps
    rsync
    movi    a0, 0
    wsr     a0, intenable
    wsr_lx6 0, SR_LCOUNT
    movi    a0, 1
    wsr_lx6 0, SR_CPENABLE      /* coprocessor 0 is the floating-point unit */
    rsr_lx6 0, SR_WINDOWBASE
    ssl     a0
    movi    a0, 1
    sll     a0, a0
    wsr_lx6 0, SR_WINDOWSTART
    rsync
    movi    a0, _vectors
    wsr     a0, vecbase

    /* A write to the last 128 bytes of the stack raises a debug exception: each of the two breakpoints
       covers 64. */
    movi    a0, _stack_bottom
    wsr_lx6 0, SR_DBREAKA0
    addi    a0, a0, 64
    wsr_lx6 0, SR_DBREAKA1
    movi    a0, 0x80000000
    wsr_lx6 0, SR_DBREAKC0
    wsr_lx6 0, SR_DBREAKC1
    movi    a1, _stack_top
    movi    a0, PS_RUN
    wsr     a0, ps
    rsync

    /* What C expects to be zero. */
    movi    a2, _bss_start
    movi    a3, _bss_end
    movi    a4, 0
1:  bgeu    a2, a3, 2f
    s32i    a4, a2, 0
    addi    a2, a2, 4
    j       1b
2:
    movi    a0, 0
    movi    a2, board_start
    jx      a2
    .size _start, . - _start
