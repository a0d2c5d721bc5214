/* SPDX-License-Identifier: Apache-2.0 */
/* Exception and interrupt vectors (offsets from VECBASE as the LX6 of the ESP32 is configured). An
   interrupt of level 1 only ends the waiti of board_wait: it masks all interrupts and returns. Any
   other entry is the end of the program: it is reported on a stack of its own. The vectors of the register
   windows are windows.S. */

#include "chip.h"
#include "lx6.h"
#include "vectors.h"

#define EXCCAUSE_LEVEL1_INTERRUPT 4

    /* Of the table, what lies behind the vectors of the register windows (windows.S). No interrupt above level 1
       and no NMI is ever enabled. */
    .section .iram.vectors.others, "ax"
    .global _vectors_others
_vectors_others:
    vector 0x180, VECTORS_OTHERS /* interrupt of level 2 */
    unexpected
    vector 0x1C0, VECTORS_OTHERS /* 3 */
    unexpected
    vector 0x200, VECTORS_OTHERS /* 4 */
    unexpected
    vector 0x240, VECTORS_OTHERS /* 5 */
    unexpected
    vector 0x280, VECTORS_OTHERS /* debug */
    j       debug_entry
    vector 0x2C0, VECTORS_OTHERS /* NMI */
    unexpected
    vector 0x300, VECTORS_OTHERS /* kernel: as user */
    wsr     a0, excsave1
    j       exception_entry
    vector 0x340, VECTORS_OTHERS /* user */
    wsr     a0, excsave1
    j       exception_entry
    vector 0x3C0, VECTORS_OTHERS /* double */
    rsr     a0, depc
    wsr     a0, epc1
    movi    a0, CAUSE_DOUBLE
    j       fault_entry

    .section .iram.text, "ax"
    .literal_position
    /* The guard of a stack that can grow (guard.h) has been written to: all registers are saved, the
       handler runs on the fault stack, and the program goes on where it says. Anything else, or a handler
       that gives up, is the end. */
    .align 4
debug_entry:
    wsr_lx6 0, SR_EXCSAVE6
    movi    a0, guard_registers
    s32i    a1, a0, 4
    s32i    a2, a0, 8
    s32i    a3, a0, 12
    s32i    a4, a0, 16
    s32i    a5, a0, 20
    s32i    a6, a0, 24
    s32i    a7, a0, 28
    s32i    a8, a0, 32
    s32i    a9, a0, 36
    s32i    a10, a0, 40
    s32i    a11, a0, 44
    s32i    a12, a0, 48
    s32i    a13, a0, 52
    s32i    a14, a0, 56
    s32i    a15, a0, 60
    rsr_lx6 2, SR_EXCSAVE6
    s32i    a2, a0, 0
    rsr     a2, sar
    s32i    a2, a0, 64
    rsr_lx6 2, SR_EPC6
    s32i    a2, a0, 68
    rsr     a2, debugcause
    bbci    a2, 2, debug_fault  /* DBREAK */
    movi    a3, guard_handler
    l32i    a3, a3, 0
    beqz    a3, debug_fault
    movi    a1, _fault_stack_top
    mov     a2, a0
    callx0  a3
    beqz    a2, debug_fault
    movi    a0, guard_registers
    l32i    a2, a0, 64
    wsr     a2, sar
    l32i    a2, a0, 68
    wsr_lx6 2, SR_EPC6
    l32i    a1, a0, 4
    l32i    a2, a0, 8
    l32i    a3, a0, 12
    l32i    a4, a0, 16
    l32i    a5, a0, 20
    l32i    a6, a0, 24
    l32i    a7, a0, 28
    l32i    a8, a0, 32
    l32i    a9, a0, 36
    l32i    a10, a0, 40
    l32i    a11, a0, 44
    l32i    a12, a0, 48
    l32i    a13, a0, 52
    l32i    a14, a0, 56
    l32i    a15, a0, 60
    l32i    a0, a0, 0
    rsync
    rfi     6
debug_fault:
    movi    a1, guard_registers
    l32i    a0, a1, 68
    wsr     a0, epc1
    l32i    a1, a1, 4
    rsr     a0, debugcause
    extui   a0, a0, 0, 6
    addi    a0, a0, CAUSE_DEBUG
    j       fault_entry

    .align 4
exception_entry:
    rsr     a0, exccause
    bnei    a0, EXCCAUSE_LEVEL1_INTERRUPT, fault_entry
    movi    a0, 0
    wsr     a0, intenable
    rsync
    rsr     a0, excsave1
    rfe

    /* a0: cause. Never returns. PS with EXCM clear, so that a fault here is a plain one. */
    .align 4
    .global fault_entry
fault_entry:
    mov     a2, a0
    rsr     a3, epc1
    rsr     a4, excvaddr
    mov     a5, a1
    movi    a1, _fault_stack_top
    movi    a6, 0x2F
    wsr     a6, ps
    rsync
    movi    a6, fault_report
    callx0  a6
1:  j       1b
