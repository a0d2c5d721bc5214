/* SPDX-License-Identifier: Apache-2.0 */
/* Exception and interrupt vectors (offsets from VECBASE as the LX6 of the ESP32 is configured). An
   interrupt of level 1 only ends the waiti of board_wait: it masks all interrupts and returns. Any
   other entry is the end of the program: it is reported on a stack of its own. */

#include "chip.h"
#include "lx6.h"

#define EXCCAUSE_LEVEL1_INTERRUPT 4

/* What fault_report gets as cause beyond the processor's EXCCAUSE (fault.c). */
#define CAUSE_DEBUG 64          /* plus DEBUGCAUSE */
#define CAUSE_DOUBLE 128
#define CAUSE_INTERRUPT 129

    /* At a vector: a0 is free, its value in EXCSAVE1. */
    .macro vector offset
    .org \offset
    .endm

    /* No window exception, no interrupt above level 1 and no NMI is ever enabled. */
    .macro unexpected
    movi    a0, CAUSE_INTERRUPT
    j       fault_entry
    .endm

    .section .iram.vectors, "ax"
    .align 1024
    .global _vectors
_vectors:
    unexpected
    vector 0x040
    unexpected
    vector 0x080
    unexpected
    vector 0x0C0
    unexpected
    vector 0x100
    unexpected
    vector 0x140
    unexpected
    vector 0x180                /* interrupt of level 2 */
    unexpected
    vector 0x1C0                /* 3 */
    unexpected
    vector 0x200                /* 4 */
    unexpected
    vector 0x240                /* 5 */
    unexpected
    vector 0x280                /* debug */
    j       debug_entry
    vector 0x2C0                /* NMI */
    unexpected
    vector 0x300                /* kernel: as user */
    wsr     a0, excsave1
    j       exception_entry
    vector 0x340                /* user */
    wsr     a0, excsave1
    j       exception_entry
    vector 0x3C0                /* double */
    rsr     a0, depc
    wsr     a0, epc1
    movi    a0, CAUSE_DOUBLE
    j       fault_entry

    .section .iram.text, "ax"
    .literal_position
    .align 4
debug_entry:
    rsr_lx6 0, SR_EPC6
    wsr     a0, epc1
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
