/* SPDX-License-Identifier: Apache-2.0 */
/* RAM that is not static data is one piece: the C heap grows up from its bottom, the bytecode stack
   down from its top, until they meet. What either gives back the other can have. */

#ifndef RAM_H
#define RAM_H

#include <stdbool.h>
#include <stddef.h>

#include "caml/mlvalues.h"

/* From the linker: the two ends. */
extern char __heap_start[], __heap_end[];

/* The end of the C heap (malloc.c) and of the stack (stack.c). */
char *ram_heap_end(void);
char *ram_stack_end(void);

/* Of blocks of the C heap: gives back what lies behind an address in one; makes one of two, and of what is free between them,
   unless other blocks lie there. */
void ram_cut(void *data, char *end);
bool ram_join(void *data, void *next);

/* Whether the stack has to grow by so many words, may grow, cannot, and a search for garbage may help; that search (stack.c). */
bool stack_is_short(size_t words);
void stack_search(void);

/* Gives back what a deep recursion has left of the stack. For when the interpreter's stack pointer is
   known, as it is during a collection. */
void ram_shrink_stack(void);

/* In bytes: the largest free block between long ones of the C heap, where no stack can be; what is free between that heap and the
   stack. */
size_t ram_between(void);
size_t ram_beyond(void);

/* In words: the largest free block of the OCaml heap; whether it has one to give away for a block of that size, without that
   which is kept for the next minor collection (promote.c). */
mlsize_t free_largest(void);
bool free_has(mlsize_t wosize);

/* The free block that is kept for the next minor collection, in words: as large as the part of the minor heap that is used, and
   MINOR_SPARE. Uses so much of an empty minor heap as a free block of that size allows, but at least MINOR_LEAST (minor.c). */
mlsize_t minor_promise(void);
void minor_use(mlsize_t words);

/* Words: place for the longest block that is made there; what is spared for a handler of Out_of_memory. */
#define MINOR_LEAST (Max_young_whsize + 31)
#define MINOR_SPARE (4 * MINOR_LEAST)

/* Moves what is in the minor heap and was not remembered (minor.c); at the beginning of a minor collection. */
void minor_search(void);

/* Collects if the C heap has no place for a block of so many bytes, and returns whether it has one; collects in any case. For where a
   collection may come (pressure.c). */
bool ram_make_room(size_t bytes);
void ram_find_all(void);

/* Whether memory was found to be exhausted since this was asked last: then Out_of_memory is to be raised (pressure.c). */
bool ram_is_exhausted(void);

/* A block of so many bytes elsewhere has survived a minor collection: the runtime's caml_adjust_gc_speed, but for big arrays, whose
   [most] is DATA. Whether a slice of the major collector that would begin a cycle is left out (pressure.c). */
#define DATA ((mlsize_t)-1)
void pressure_promoted(mlsize_t bytes, mlsize_t most);
bool pressure_waits(void);

/* Has the collector watch how much is left (pressure.c). */
void pressure_start(void);

#endif
