/* SPDX-License-Identifier: Apache-2.0 */
/* The minor heap, and what its collection is told of the major one: tables of a fixed size in place of minor_gc.c's, which
   grow and end the program where they cannot. What has no place in them is searched for in the whole heap when it is needed. */

#define CAML_INTERNALS

#include <stdbool.h>

#include "caml/major_gc.h"
#include "caml/memory.h"
#include "caml/minor_gc.h"
#include "caml/address_class.h"
#include "caml/fail.h"
#include "caml/memprof.h"
#include "caml/mlvalues.h"
#include "caml/signals.h"
#include "caml/weak.h"
#include "ram.h"

/* Entries, and those behind them for what is done until the minor collection comes that is asked for then. */
#define REFERENCES 1024
#define EPHEMERONS 112
#define CUSTOMS 240
#define MORE 16

/* In RAM that heaps cannot use. */
#define WORDS __attribute__((section(".bss.words")))

static WORDS value *references[REFERENCES + 16 * MORE];
static WORDS struct caml_ephe_ref_elt ephemerons[EPHEMERONS + MORE];
static WORDS struct caml_custom_elt customs[CUSTOMS + MORE];

struct table CAML_TABLE_STRUCT(char);

/* Whether entries were dropped since the last minor collection. */
static bool references_lost, ephemerons_lost;

/* For a table that is at its limit. Returns whether it is full, and empties it then. */
static bool meet_limit(void *any, void *entries, size_t threshold, size_t end) {
  struct table *table = any;
  bool full = false;
  if (table->base == NULL) {
    table->base = table->ptr = entries;
    table->threshold = table->limit = table->base + threshold;
    table->end = table->base + end;
  } else if (table->limit == table->threshold) {
    table->limit = table->end;
    caml_request_minor_gc();
  } else {
    table->ptr = table->base;
    full = true;
  }
  return full;
}

#define MEET_LIMIT(table, entries, threshold) \
  meet_limit(table, entries, (threshold) * sizeof(entries[0]), sizeof(entries))

void caml_realloc_ref_table(struct caml_ref_table *table) {
  if (MEET_LIMIT(table, references, REFERENCES)) references_lost = true;
}

void caml_realloc_ephe_ref_table(struct caml_ephe_ref_table *table) {
  if (MEET_LIMIT(table, ephemerons, EPHEMERONS)) ephemerons_lost = true;
}

/* Never full: an entry is for a block that was just made, and to make one more begins with the collection. */
void caml_realloc_custom_table(struct caml_custom_table *table) { MEET_LIMIT(table, customs, CUSTOMS); }

static bool promote(value *field) {
  if (!Is_block(*field) || !Is_young(*field)) return false;
  caml_oldify_one(*field, field);
  return true;
}

/* What is promoted refers to nothing young any more when this goes on, wherever it lies. What is free has no fields: it is
   blue, or abstract. */
static void search_chunk(char *chunk) {
  header_t *end = (header_t *)(chunk + Chunk_size(chunk));
  for (header_t *block = (header_t *)chunk; block < end; block += Whsize_hp(block)) {
    if (Color_hp(block) == Caml_blue || Tag_hp(block) >= No_scan_tag) continue;
    bool any = false;
    for (mlsize_t i = 0; i < Wosize_hp(block); i++) any |= promote(&Field(Val_hp(block), i));
    if (any) caml_oldify_mopup();
  }
}

/* Keys and data that are not known to be weak live on until the next collection. */
static void search_ephemerons(void) {
  for (value e = caml_ephe_list_head; e != (value)NULL; e = Field(e, CAML_EPHE_LINK_OFFSET)) {
    for (mlsize_t i = CAML_EPHE_DATA_OFFSET; i < Wosize_val(e); i++) promote(&Field(e, i));
  }
  caml_oldify_mopup();
}

void minor_search(void) {
  Caml_state->in_minor_collection = 1;
  if (references_lost) {
    for (char *chunk = caml_heap_start; chunk != NULL; chunk = Chunk_next(chunk)) search_chunk(chunk);
  }
  if (ephemerons_lost) search_ephemerons();
  references_lost = ephemerons_lost = false;
}

/* ---- Size ---- */

mlsize_t minor_promise(void) {
  return Caml_state->young_alloc_end - Caml_state->young_alloc_start + MINOR_SPARE;
}

void minor_use(mlsize_t words) {
  words = words < MINOR_LEAST + MINOR_SPARE ? MINOR_LEAST : words - MINOR_SPARE;
  if (words > Caml_state->minor_heap_wsz) words = Caml_state->minor_heap_wsz;
  value *start = Caml_state->young_alloc_end - words;
  if (start == Caml_state->young_alloc_start) return;
  Caml_state->young_alloc_start = start;
  Caml_state->young_alloc_mid = Caml_state->young_trigger = start + words / 2;
  caml_memprof_renew_minor_sample();
}

void caml_set_minor_heap_size(asize_t size) {
  void *base;
  if (Caml_state->young_ptr != Caml_state->young_alloc_end) {
    Caml_state->requested_minor_gc = 0;
    caml_empty_minor_heap();
  }
  ram_make_room(size + 2 * Page_size);
  char *heap = caml_stat_alloc_aligned_noexc(size, 0, &base);
  if (heap == NULL) caml_raise_out_of_memory();
  if (caml_page_table_add(In_young, heap, heap + size) != 0) {
    caml_stat_free(base);
    caml_raise_out_of_memory();
  }
  if (Caml_state->young_start != NULL) {
    caml_page_table_remove(In_young, Caml_state->young_start, Caml_state->young_end);
    caml_stat_free(Caml_state->young_base);
  }
  Caml_state->young_base = base;
  Caml_state->young_start = Caml_state->young_alloc_start = Caml_state->young_trigger = (value *)heap;
  Caml_state->young_end = Caml_state->young_alloc_end = Caml_state->young_ptr = (value *)(heap + size);
  Caml_state->young_alloc_mid = Caml_state->young_start + Wsize_bsize(size) / 2;
  Caml_state->minor_heap_wsz = Wsize_bsize(size);
  caml_memprof_renew_minor_sample();
  if (caml_heap_start != NULL) minor_use(free_largest());
}
