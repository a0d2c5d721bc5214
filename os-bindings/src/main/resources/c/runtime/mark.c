/* SPDX-License-Identifier: Apache-2.0 */
/* The major collector of OCaml's runtime. Where its mark stack is full it looks for the chunks that the entries are in with a
   list that it allocates for that, in the midst of a collection; here the heap's own list of chunks does. */

#define CAML_INTERNALS

#include "caml/major_gc.h"
#include "caml/skiplist.h"

static int chunk_below(uintnat address, uintnat *begin, uintnat *end) {
  for (char *chunk = caml_heap_start; chunk != NULL; chunk = Chunk_next(chunk)) {
    if (address - (uintnat)chunk < Chunk_size(chunk)) {
      *begin = (uintnat)chunk;
      *end = (uintnat)chunk + Chunk_size(chunk);
      return 1;
    }
  }
  return 0;
}

#define caml_skiplist_insert(list, begin, end) ((void)(list))
#define caml_skiplist_find_below(list, address, begin, end) chunk_below(address, begin, end)
#define caml_skiplist_empty(list) ((void)(list))
#include "upstream/major_gc.c"
