/* SPDX-License-Identifier: Apache-2.0 */
/* The runtime expects that the heap can always grow: it collects at a pace set by what is allocated,
   and a minor collection that finds no place for what survives ends the program. On this machine the
   heap reaches the end of RAM in normal operation, so garbage has to be found in time; and memory that
   the collector holds free cannot be had by anything else, such as big arrays, until it is given back. */

#define CAML_INTERNALS

#include <stdbool.h>
#include <stdlib.h>

#include "caml/bigarray.h"
#include "caml/compact.h"
#include "caml/freelist.h"
#include "caml/major_gc.h"
#include "caml/memory.h"
#include "caml/minor_gc.h"
#include "caml/misc.h"
#include "caml/signals.h"
#include "ram.h"

extern uintnat caml_percent_free; /* major_gc.c */

static bool fits(size_t size) {
  void *data = malloc(size);
  free(data);
  return data != NULL;
}

/* What a chunk of the heap takes of the C heap: whole pages, at a page, and what is known of it. */
static size_t chunk_size(mlsize_t words) { return Bsize_wsize(words) + 2 * Page_size + 64; }

/* ---- The next minor collection ---- */

/* The cycle under way keeps what became garbage since it began. */
static void finish_cycles(void) {
  if (caml_gc_phase != Phase_idle) caml_finish_major_cycle();
  caml_finish_major_cycle();
}

/* Gives back what is free, but for the block that the next minor collection may need. */
static void compact(void) {
  uintnat pace = caml_percent_free;
  caml_percent_free = 1;
  caml_compact_heap(-1);
  caml_percent_free = pace;
}

static void add_chunk(mlsize_t words) {
  char *chunk = caml_alloc_for_heap(Bsize_wsize(words));
  if (chunk == NULL) return;
  caml_make_free_blocks((value *)chunk, Wsize_bsize(Chunk_size(chunk)), 1, Caml_blue);
  caml_add_to_heap(chunk);
}

/* A free block of about that size, but of half of what the C heap has at most. */
static void have(mlsize_t words) {
  mlsize_t half = Wsize_bsize(ram_room() / 2);
  if (words > half) words = half;
  if (words > free_largest() + MINOR_LEAST) add_chunk(words);
}

/* What is left to the stack and to C, if there is so much. */
#define LEFT (64 * 1024)

static size_t left(void) {
  size_t bytes = ram_stack_end() - ram_heap_end();
  return bytes < LEFT ? bytes : LEFT;
}

/* Words of the free block that are kept for what a handler of Out_of_memory makes: the program gets the exception when they are
   touched, and again when they are used up. */
#define ENOUGH (3 * MINOR_LEAST)
#define AMPLE (4 * MINOR_LEAST)

/* What the last search for free memory has found, in bytes: for both heaps and the stack, for the stack and C alone; and how
   many minor collections came since. */
static struct {
  size_t available, left;
  int age;
} found;

static size_t available(void) { return Bsize_wsize(free_largest()) + left(); }

static void note(void) {
  found.available = available();
  found.left = left();
  found.age = 0;
}

/* A search is paid for by what was used since the last one, by what it can give back, or by time. */
static bool is_due(void) {
  return free_largest() < ENOUGH || available() <= found.available / 2 || left() <= found.left / 2 ||
         ++found.age >= 16 || caml_fl_cur_wsz >= Caml_state->stat_heap_wsz / 4 + free_largest();
}

static bool exhausted;

static void warn(void) {
  static mlsize_t threshold = ENOUGH;
  if (free_largest() >= AMPLE) threshold = ENOUGH;
  if (free_largest() >= threshold) return;
  threshold = MINOR_LEAST;
  exhausted = true;
  caml_set_action_pending();
}

bool ram_is_exhausted(void) {
  bool result = exhausted;
  exhausted = false;
  return result;
}

/* After each minor collection: has a block ready for the next one. Where memory is short less of the minor heap is used; the
   program gets Out_of_memory before a collection has no place for what survives. */
static void settle(void) {
  mlsize_t all = Caml_state->minor_heap_wsz + AMPLE;
  if (free_largest() < all && ram_room() >= chunk_size(all) + LEFT) add_chunk(all);
  if (free_largest() >= all && left() == LEFT) {
    note();
  } else {
    have(all / 4);
    if (is_due()) {
      finish_cycles();
      minor_use(all / 4);
      compact();
      have(all / 4);
      note();
    }
  }
  minor_use(free_largest() < ENOUGH ? 0 : free_largest() - ENOUGH);
  warn();
}

/* ---- One door for what needs much memory ---- */

/* Finds all garbage, and unites what is free, but for what a small part of the minor heap needs. */
static void collect(bool (*enough)(size_t), size_t size) {
  if (enough(size)) return;
  caml_empty_minor_heap();
  finish_cycles();
  minor_use(AMPLE);
  if (enough(size)) return;
  compact();
  note();
}

/* ---- Big arrays, whose data lies in the C heap ---- */

void ram_make_room(size_t size) { collect(fits, size); }

/* The runtime's own primitive, renamed when it is compiled. */
#undef caml_ba_create
value caml_ba_create_anyway(value kind, value layout, value dimensions);

value caml_ba_create(value kind, value layout, value dimensions) {
  CAMLparam3(kind, layout, dimensions);
  size_t size = caml_ba_element_size[Caml_ba_kind_val(kind)];
  bool overflow = false;
  for (mlsize_t i = 0; i < Wosize_val(dimensions); i++) {
    overflow |= __builtin_mul_overflow(size, (size_t)Long_val(Field(dimensions, i)), &size);
  }
  /* Wrong sizes are the primitive's to refuse. */
  if (!overflow) ram_make_room(size);
  CAMLreturn(caml_ba_create_anyway(kind, layout, dimensions));
}

/* Parts of a big array share its data, which is counted in a block of C from then on. Each asks for one at most, but
   all of them are garbage of the OCaml heap alone, which has no reason to look for it. */
#define PROXY 512

#undef caml_ba_sub
value caml_ba_sub_anyway(value array, value offset, value length);

value caml_ba_sub(value array, value offset, value length) {
  CAMLparam3(array, offset, length);
  ram_make_room(PROXY);
  CAMLreturn(caml_ba_sub_anyway(array, offset, length));
}

#undef caml_ba_slice
value caml_ba_slice_anyway(value array, value indices);

value caml_ba_slice(value array, value indices) {
  CAMLparam2(array, indices);
  ram_make_room(PROXY);
  CAMLreturn(caml_ba_slice_anyway(array, indices));
}

#undef caml_ba_reshape
value caml_ba_reshape_anyway(value array, value dimensions);

value caml_ba_reshape(value array, value dimensions) {
  CAMLparam2(array, dimensions);
  ram_make_room(PROXY);
  CAMLreturn(caml_ba_reshape_anyway(array, dimensions));
}

/* ---- Long blocks of the OCaml heap ---- */

/* How much the heap grows by (memory.c), for what is asked for and the collector's share of garbage on top. What has no place
   with that share gets what it needs alone. */
asize_t __real_caml_clip_heap_chunk_wsz(asize_t words);

asize_t __wrap_caml_clip_heap_chunk_wsz(asize_t words) {
  asize_t chunk = __real_caml_clip_heap_chunk_wsz(words), share = 100 + caml_percent_free;
  return fits(chunk_size(chunk)) ? chunk : words / share * 100 + words % share;
}

static bool has_place(size_t words) { return free_has(words) || fits(chunk_size(words)); }

static void make_heap_room(mlsize_t words) { collect(has_place, words); }

#undef caml_make_vect
value caml_make_vect_anyway(value length, value init);

value caml_make_vect(value length, value init) {
  CAMLparam2(length, init);
  bool is_float = Is_block(init) && Is_in_value_area(init) && Tag_val(init) == Double_tag;
  if (Long_val(length) > 0 && Long_val(length) <= Max_wosize / Double_wosize) {
    make_heap_room(Long_val(length) * (is_float ? Double_wosize : 1));
  }
  CAMLreturn(caml_make_vect_anyway(length, init));
}

#undef caml_create_bytes
value caml_create_bytes_anyway(value length);

value caml_create_bytes(value length) {
  if (Long_val(length) > 0 && Long_val(length) <= Bsize_wsize(Max_wosize)) {
    make_heap_room(Wsize_bsize(Long_val(length)) + 1);
  }
  return caml_create_bytes_anyway(length);
}

static void begin_minor(void) {
  ram_shrink_stack();
  minor_search();
}

void pressure_start(void) {
  caml_minor_gc_begin_hook = begin_minor;
  caml_minor_gc_end_hook = settle;
}
