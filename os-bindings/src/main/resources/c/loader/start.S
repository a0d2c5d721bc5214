/* SPDX-License-Identifier: Apache-2.0 */
/* The boot ROM jumps here with register windows on. They are switched off before any register above
   a3 is touched, so that no window exception is raised; the ROM's frames are never returned to. */

#include "lx6.h"

#define PS_MASKED 0x2F          /* user vectors, interrupts masked */

    .section .text.start, "ax"
    .literal_position
    .global loader_start
    .type loader_start, @function
    .align 4
loader_start:
    movi    a0, PS_MASKED
    wsr     a0, ps
    rsync
    movi    a0, load
    callx0  a0
    .size loader_start, . - loader_start
