/* SPDX-License-Identifier: Apache-2.0 */
/* RAM that is not static data is one piece: the C heap grows up from its bottom, the bytecode stack
   down from its top, until they meet. What either gives back the other can have. */

#ifndef RAM_H
#define RAM_H

#include <stddef.h>

/* From the linker: the two ends. */
extern char __heap_start[], __heap_end[];

/* The end of the C heap (malloc.c) and of the stack (stack.c). */
char *ram_heap_end(void);
char *ram_stack_end(void);

/* Bytes between them and in free blocks of the C heap: of all, and of those that are as large as that. */
size_t ram_free(void);
size_t ram_free_in(size_t smallest);

/* Gives back what a deep recursion has left of the stack. For when the interpreter's stack pointer is
   known, as it is during a collection. */
void ram_shrink_stack(void);

/* Has the collector watch how much is left (pressure.c). */
void pressure_start(void);

#endif
