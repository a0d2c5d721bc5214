/* SPDX-License-Identifier: Apache-2.0 */
/* Compaction of OCaml's runtime, which moves blocks within the chunks of the heap and gives back chunks that are empty then.
   Here a long block would stay where it is, and what is free would be in pieces: so chunks that nothing of C's lies
   between become one first, along which all blocks slide down; and what is free behind them is given back page by page. */

#define CAML_INTERNALS

#include <stdbool.h>

#include "caml/compact.h"
#include "caml/freelist.h"
#include "caml/major_gc.h"
#include "caml/memory.h"
#include "ram.h"

extern uintnat caml_percent_free;     /* major_gc.c */
extern void caml_shrink_heap(char *); /* memory.c */

/* What the heap keeps in any case: the collector's pace is a share of it. */
#define LEAST (8 * 1024)

static asize_t to_page(asize_t bytes) { return (bytes + Page_size - 1) & ~(asize_t)(Page_size - 1); }

/* What lies between becomes a free block. */
static bool join(char *chunk, char *next) {
  char *end = chunk + Chunk_size(chunk);
  if (!ram_join(Chunk_block(chunk), Chunk_block(next))) return false;
  mlsize_t gap = (value *)next - (value *)end;
  Hd_hp(end) = Make_header(Wosize_whsize(gap), 0, Caml_blue);
  caml_page_table_add(In_heap, end, next);
  Chunk_size(chunk) = next + Chunk_size(next) - chunk;
  Chunk_next(chunk) = Chunk_next(next);
  Caml_state->stat_heap_wsz += gap;
  Caml_state->stat_heap_chunks--;
  return true;
}

static void join_chunks(void) {
  for (char *chunk = caml_heap_start; chunk != NULL; chunk = Chunk_next(chunk)) {
    while (Chunk_next(chunk) != NULL && join(chunk, Chunk_next(chunk))) continue;
  }
}

static void trim(char *chunk, asize_t size) {
  char *end = chunk + Chunk_size(chunk);
  if (chunk + size >= end) return;
  caml_page_table_remove(In_heap, chunk + size, end);
  Chunk_size(chunk) = size;
  Caml_state->stat_heap_wsz -= (value *)end - (value *)(chunk + size);
  ram_cut(Chunk_block(chunk), chunk + size);
}

/* The collector's pace wants a share of what lives as free space, the next minor collection a block; the first chunks have
   them. */
static void trim_chunks(void) {
  asize_t live = 0, block = Bsize_wsize(minor_promise());
  for (char *chunk = caml_heap_start; chunk != NULL; chunk = Chunk_next(chunk)) live += Chunk_alloc(chunk);
  asize_t wanted = live / 100 * caml_percent_free;
  for (char *chunk = caml_heap_start, *next; chunk != NULL; chunk = next) {
    next = Chunk_next(chunk);
    if (wanted < block) wanted = block;
    asize_t used = Chunk_alloc(chunk), size = to_page(used + wanted);
    if (chunk == caml_heap_start && size < LEAST) size = LEAST;
    if (size > Chunk_size(chunk)) size = Chunk_size(chunk);
    if (size - used >= block) block = 0;
    wanted -= size - used < wanted ? size - used : wanted;
    if (size != 0) {
      trim(chunk, size);
    } else {
      caml_shrink_heap(chunk);
    }
  }
}

/* What upstream's compaction calls before it looks at the chunks, and between moving blocks and listing what is free. */
static void join_and_reset(intnat policy) {
  join_chunks();
  caml_fl_reset_and_switch_policy(policy);
}

static void trim_and_list(void) {
  trim_chunks();
  caml_fl_init_merge();
}

#define caml_fl_reset_and_switch_policy join_and_reset
#define caml_fl_init_merge trim_and_list
#include "upstream/compact.c"
