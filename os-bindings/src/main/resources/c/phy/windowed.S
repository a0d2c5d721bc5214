/* SPDX-License-Identifier: Apache-2.0 */
/* From call0 code to windowed code, and back in for each import. */

#include "window_option.h"
#include "windowed.h"

/* Between the end of the stack and the stack pointer of the first frame: where that frame's a4-a7 go
   (windows.S), 16 bytes above its stack pointer for nobody's use. */
#define FIRST_FRAME 48
#define FIRST_FRAME_BEGIN -12   /* where windows.S looks for the end of the stack */

    .section .bss.windowed_stack, "aw", @nobits
    .align 16
windowed_stack:
    .space WINDOWED_STACK

    .section .text.windowed_call, "ax"
    .literal_position
    .align 4
    .global windowed_call
    .type windowed_call, @function
windowed_call:
    /* a12-a15 are our caller's; the function called has them in its window. a0-a7 survive, on the stack if need
       be. */
    addi    a1, a1, -16
    s32i    a12, a1, 0
    s32i    a13, a1, 4
    s32i    a14, a1, 8
    s32i    a15, a1, 12
    mov     a10, a3
    mov     a11, a4
    mov     a12, a5
    mov     a7, a1
    movi    a1, windowed_stack + WINDOWED_STACK - FIRST_FRAME
    addi    a3, a1, FIRST_FRAME
    addi    a4, a1, FIRST_FRAME_BEGIN
    s32i    a3, a4, 0
    /* Functions of the ROM count with a variable of its, of which the heap holds the place. Nobody else sees it
       changed. */
    movi    a4, ROM_TICKS_PER_US
    l32i    a5, a4, 0
    movi    a3, TICKS_PER_US
    s32i    a3, a4, 0
    rsr     a6, ps
    movi    a3, 1 << PS_WOE_SHIFT
    or      a3, a6, a3
    wsr     a3, ps
    rsync
    callx8_lx6 2
    wsr     a6, ps
    rsync
    s32i    a5, a4, 0
    mov     a1, a7
    mov     a2, a10
    l32i    a12, a1, 0
    l32i    a13, a1, 4
    l32i    a14, a1, 8
    l32i    a15, a1, 12
    addi    a1, a1, 16
    ret
    .size windowed_call, . - windowed_call

/* The frame of an import: its return address, the function of ours, and behind them the two places of 16 bytes
   that every frame has. Below the stack pointer are 16 bytes of its caller's (windows.S). */
#define FRAME 48
#define FRAME_RETURN 0
#define FRAME_FUNCTION 4
#define CALLERS_PLACE 16

/* Words of arguments that are not in registers; as many are copied as any import might take. */
#define STACK_ARGUMENTS 8

    .section .text.windowed_imports, "ax"
    .literal_position

#define EXPORT(name)
#define IMPORT(name, function) import name, function
#define ROM_IMPORT(name, address) rom_import name, address

    .macro import name, function
    .align 4
    .global windowed_\name
    .type windowed_\name, @function
windowed_\name:
    entry_lx6 1, FRAME
    movi    a8, \function
    j       import_call
    .endm

    .macro rom_import name, address
    .global windowed_\name
    .set windowed_\name, \address
    .endm

#include "interface.h"

    /* Calls a8. Call0 code moves the stack pointer by which windows.S saves frames, so all other frames are
       saved before: a full turn in which every window is used once. */
    .align 4
import_call:
    s32i    a0, a1, FRAME_RETURN
    s32i    a8, a1, FRAME_FUNCTION
    .rept 4
    or      a12, a12, a12
    rotw_lx6 3
    .endr
    or      a12, a12, a12
    rotw_lx6 4
    mov     a9, a1
    addi    a1, a1, -(CALLERS_PLACE + 4 * STACK_ARGUMENTS)
    .irp i, 0, 1, 2, 3, 4, 5, 6, 7
    l32i    a10, a9, FRAME + 4 * \i
    s32i    a10, a1, 4 * \i
    .endr
    l32i    a8, a9, FRAME_FUNCTION
    callx0  a8
    addi    a1, a1, CALLERS_PLACE + 4 * STACK_ARGUMENTS
    l32i    a0, a1, FRAME_RETURN
    retw_lx6
