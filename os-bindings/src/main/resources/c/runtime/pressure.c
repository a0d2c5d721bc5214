/* SPDX-License-Identifier: Apache-2.0 */
/* The runtime expects that the heap can always grow: it collects at a pace set by what is allocated,
   and a minor collection that finds no place for what survives ends the program. On this machine the
   heap reaches the end of RAM in normal operation, so garbage has to be found in time; and memory that
   the collector holds free cannot be had by anything else, such as big arrays, until it is given back. */

#define CAML_INTERNALS

#include <stdbool.h>
#include <stdlib.h>

#include "caml/alloc.h"
#include "caml/bigarray.h"
#include "caml/compact.h"
#include "caml/custom.h"
#include "caml/freelist.h"
#include "caml/major_gc.h"
#include "caml/memprof.h"
#include "caml/memory.h"
#include "caml/minor_gc.h"
#include "caml/misc.h"
#include "ram.h"

/* The next minor collection may need as much as the minor heap has, in chunks of which the last is not filled. */
static asize_t needed(void) { return Bsize_wsize(Caml_state->minor_heap_wsz + Heap_chunk_def); }

/* What the heap can grow by: of the free parts of the C heap, those that hold a chunk with its alignment. */
static asize_t unused(void) { return ram_free_in(Bsize_wsize(Heap_chunk_def) + 2 * Page_size); }

/* More than half of the heap is free. Compaction leaves it less than half free, so that it is not done
   over and over. */
static bool is_hollow(void) { return caml_fl_cur_wsz > Caml_state->stat_heap_wsz / 2; }

static bool compacting;

static void compact(void) {
  compacting = true;
  caml_compact_heap(-1);
  compacting = false;
}

/* Bytes of big arrays that the next minor collection may find dead. */
static size_t young;

/* After each minor collection. The cycle under way keeps what became garbage since it began; a second
   one finds that too. */
static void relieve(void) {
  static bool busy; /* a compaction may empty the minor heap again */
  young = 0;
  if (busy || unused() >= needed()) return;
  busy = true;
  for (int i = 0; i < 2 && Bsize_wsize(caml_fl_cur_wsz) + unused() < needed(); i++) {
    caml_finish_major_cycle();
  }
  if (unused() < needed() && is_hollow()) {
    caml_finish_major_cycle();
    compact();
  }
  busy = false;
}

/* ---- Big arrays, whose data lies in the C heap ---- */

static bool fits(size_t size) {
  if (size + 16 < (size_t)(ram_stack_end() - ram_heap_end())) return true;
  void *data = malloc(size);
  free(data);
  return data != NULL;
}

/* What the C heap keeps for small blocks that nobody can make room for, such as the tables of a collection. */
#define KEPT 4096

/* Finds all garbage, big arrays among it, and gives the C heap what the collector can do without. */
static void make_room(size_t size) {
  if (fits(size + KEPT)) return;
  caml_empty_minor_heap();
  caml_finish_major_cycle();
  caml_finish_major_cycle();
  if (!fits(size + KEPT)) compact();
}

/* A block whose data lies in the C heap. The runtime paces its collections by what such data is in proportion to the
   OCaml heap, which here is small beside the rest of RAM: the ratios are of the minor heap instead. A minor collection
   comes before the block, not behind it, so that the newest data can die young. The linker makes calls come here (--wrap). */
extern uintnat caml_custom_major_ratio, caml_custom_minor_ratio, caml_custom_minor_max_bsz; /* custom.c */

value __wrap_caml_alloc_custom_mem(struct custom_operations *operations, uintnat size, mlsize_t data) {
  size_t unit = Bsize_wsize(Caml_state->minor_heap_wsz) / 100, most = unit * caml_custom_major_ratio;
  if (young + data > unit * caml_custom_minor_ratio) caml_minor_collection();
  value block = caml_alloc_small(1 + Wsize_bsize(size + sizeof(value) - 1), Custom_tag);
  Custom_ops_val(block) = operations;
  size_t counted = data < caml_custom_minor_max_bsz ? data : caml_custom_minor_max_bsz;
  if (data > counted) caml_adjust_gc_speed(data - counted, most);
  add_to_custom_table(Caml_state->custom_table, block, counted, most);
  young += data;
  caml_memprof_track_custom(block, data);
  return block;
}

/* Those of the runtime's own are renamed when they are compiled. */
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
  if (!overflow) make_room(size);
  CAMLreturn(caml_ba_create_anyway(kind, layout, dimensions));
}

/* Parts of a big array share its data, which is counted in a block of C from then on. Each asks for one at most, but
   all of them are garbage of the OCaml heap alone, which has no reason to look for it. */
#define PROXY 64

#undef caml_ba_sub
value caml_ba_sub_anyway(value array, value offset, value length);

value caml_ba_sub(value array, value offset, value length) {
  CAMLparam3(array, offset, length);
  make_room(PROXY);
  CAMLreturn(caml_ba_sub_anyway(array, offset, length));
}

#undef caml_ba_slice
value caml_ba_slice_anyway(value array, value indices);

value caml_ba_slice(value array, value indices) {
  CAMLparam2(array, indices);
  make_room(PROXY);
  CAMLreturn(caml_ba_slice_anyway(array, indices));
}

#undef caml_ba_reshape
value caml_ba_reshape_anyway(value array, value dimensions);

value caml_ba_reshape(value array, value dimensions) {
  CAMLparam2(array, dimensions);
  make_room(PROXY);
  CAMLreturn(caml_ba_reshape_anyway(array, dimensions));
}

/* ---- Long arrays and bytes in the OCaml heap, which otherwise grows for each of them ---- */

/* Shorter ones find their place after a minor collection. */
#define LONG_WORDS 1024

extern uintnat caml_percent_free; /* major_gc.c */

/* What the heap asks for when it has no place for a block (memory.c), rounded up as malloc does. */
static size_t chunk_size(mlsize_t words) {
  return Bsize_wsize(words + words / 100 * caml_percent_free) + 2 * 4096;
}

/* How much the heap grows by (memory.c), and how large a chunk would be that a compaction's result could be moved to (compact.c):
   that is not done, because the new chunk would lie between what is free. The first is told what is asked for and the collector's share of garbage on top. A long
   block for which there is no place with that share gets what it needs alone. */
asize_t __real_caml_clip_heap_chunk_wsz(asize_t words);

asize_t __wrap_caml_clip_heap_chunk_wsz(asize_t words) {
  if (compacting) return Caml_state->stat_heap_wsz;
  asize_t chunk = __real_caml_clip_heap_chunk_wsz(words), share = 100 + caml_percent_free;
  asize_t asked = words / share * 100 + words % share;
  return asked < LONG_WORDS || fits(Bsize_wsize(chunk) + 2 * 4096) ? chunk : asked;
}

static void make_heap_room(mlsize_t words) {
  if (words < LONG_WORDS || fits(chunk_size(words))) return;
  caml_empty_minor_heap();
  caml_finish_major_cycle();
  caml_finish_major_cycle();
  if (fits(chunk_size(words))) return;
  /* What is free is in pieces, none larger than most chunks, and a compaction keeps free chunks for the pace
     of the collector, unless it is told that there is none. */
  if (caml_fl_cur_wsz < 2 * words || words > Heap_chunk_def) {
    uintnat pace = caml_percent_free;
    caml_percent_free = 1;
    compact();
    caml_percent_free = pace;
  }
}

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

void pressure_start(void) {
  caml_minor_gc_begin_hook = ram_shrink_stack;
  caml_minor_gc_end_hook = relieve;
}
