/* SPDX-License-Identifier: Apache-2.0 */
/* The border between our code, which is of the call0 ABI, and code of the windowed ABI in an archive. The names of
   all that is on the other side begin with windowed_: those of the archive, and the doors to our functions that
   the archive calls (interface.h). */

#ifndef WINDOWED_H
#define WINDOWED_H

/* In the ROM's data: how many cycles its delays take for a microsecond. Its place is in the heap. */
#define ROM_TICKS_PER_US 0x3FFE01E0
#define TICKS_PER_US 40

/* Bytes; what calls of the vendor's archive take of it is in docs/network.md. */
#define WINDOWED_STACK 4096

#ifndef __ASSEMBLER__

#include <stdint.h>

/* Calls a function of the archive with up to three words, on a stack of its own, and gives its result. Interrupts
   are masked as they are around it. A function that it calls must not call this. */
uint32_t windowed_call(const char function[], uint32_t a, uint32_t b, uint32_t c);

#endif
#endif
