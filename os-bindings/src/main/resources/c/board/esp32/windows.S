/* SPDX-License-Identifier: Apache-2.0 */
/* The vectors of the register windows in a program that has none: it is call0 code throughout, and no such
   exception is enabled. */

#include "vectors.h"

    .section .iram.vectors.windows, "ax"
    .align 1024
    .global _vectors
_vectors:
    .irp offset, 0x000, 0x040, 0x080, 0x0C0, 0x100, 0x140
    vector \offset
    unexpected
    .endr
    .org VECTORS_OTHERS
