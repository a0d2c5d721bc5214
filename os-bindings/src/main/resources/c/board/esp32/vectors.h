/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the vector table share. */

#ifndef VECTORS_H
#define VECTORS_H

/* What fault_report gets as cause beyond the processor's EXCCAUSE (fault.c). */
#define CAUSE_DEBUG 64 /* plus DEBUGCAUSE */
#define CAUSE_DOUBLE 128
#define CAUSE_INTERRUPT 129

/* The table has two parts: the first has the six vectors of the register windows. */
#define VECTORS_OTHERS 0x180

#ifdef __ASSEMBLER__

/* Here is the vector at an offset from VECBASE, in the part of the table that begins at another. */
.macro vector offset, part=0
    .org (\offset) - (\part)
.endm

.macro unexpected
    movi    a0, CAUSE_INTERRUPT
    j       fault_entry
.endm

#endif
#endif
