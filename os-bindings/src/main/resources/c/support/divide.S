/* SPDX-License-Identifier: Apache-2.0 */
/* 32-bit division: one instruction of the LX6 each, encoded by hand (lx6.h). A divisor of 0 raises
   the processor's own exception. */

    .macro divide name, op2
    .section .text.\name, "ax"
    .global \name
    .type \name, @function
    .align 4
\name:
    .byte 0x30, 0x22, (\op2) << 4 | 2   /* op a2, a2, a3 */
    ret
    .size \name, . - \name
    .endm

    divide __udivsi3, 12        /* quou */
    divide __divsi3, 13         /* quos */
    divide __umodsi3, 14        /* remu */
    divide __modsi3, 15         /* rems */
