/* SPDX-License-Identifier: Apache-2.0 */
/* The runtime expects that the heap can always grow: it collects at a pace set by what is allocated,
   and a minor collection that finds no place for what survives ends the program. On this machine the
   heap reaches the end of RAM in normal operation, so garbage has to be found in time; and memory that
   the collector holds free cannot be had by anything else, such as big arrays, until it is given back. */

#define CAML_INTERNALS

#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>

#include "caml/bigarray.h"
#include "caml/compact.h"
#include "caml/custom.h"
#include "caml/freelist.h"
#include "caml/major_gc.h"
#include "caml/memory.h"
#include "caml/memprof.h"
#include "caml/minor_gc.h"
#include "caml/misc.h"
#include "caml/signals.h"
#include "ram.h"

extern uintnat caml_percent_free; /* major_gc.c */

static bool fits(size_t size) {
  if (size + 16 < ram_beyond()) return true;
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

static void add_chunk(mlsize_t words) {
  char *chunk = caml_alloc_for_heap(Bsize_wsize(words));
  if (chunk == NULL) return;
  caml_make_free_blocks((value *)chunk, Wsize_bsize(Chunk_size(chunk)), 1, Caml_blue);
  caml_add_to_heap(chunk);
}

/* Gives back what is free, but for the block that the next minor collection may need. */
static void compact(void) {
  uintnat pace = caml_percent_free;
  caml_percent_free = 1;
  caml_compact_heap(-1);
  caml_percent_free = pace;
}

/* What short blocks leave to the stack and to C: a handler of Out_of_memory may well call functions before it allocates. */
#define SPARE (24 * 1024)

static mlsize_t words_beside(size_t spare, size_t room) {
  return room > spare ? Wsize_bsize(room - spare) : 0;
}

/* A free block for the next minor collection: of what is free between blocks of C, or half of what the stack and C can spare. A
   quarter of the minor heap comes first. */
static void have_block(void) {
  mlsize_t all = Caml_state->minor_heap_wsz + MINOR_SPARE, least = all / 4;
  size_t room = ram_between();
  mlsize_t between = words_beside(SPARE, room), beyond = words_beside(SPARE, ram_beyond());
  mlsize_t words = between > beyond / 2 ? between : beyond / 2;
  if (words < least) {
    mlsize_t rest = words_beside(chunk_size(0), room);
    if (words < rest) words = rest;
    if (words < beyond) words = beyond;
    if (words > least) words = least;
  }
  if (words > all) words = all;
  if (words > free_largest() + MINOR_LEAST) add_chunk(words);
}

/* What is left to the stack and to C, if there is so much. */
#define LEFT (64 * 1024)

static size_t left(void) {
  size_t bytes = ram_beyond();
  return bytes < LEFT ? bytes : LEFT;
}

/* What the last search for free memory has found, in bytes: for both heaps and the stack, for the stack and C alone; in words: what
   is free beside the largest block, which may lie between blocks of C; and how many minor collections came since. */
static struct {
  size_t available, left;
  mlsize_t pieces;
  int age;
} found;

static size_t available(void) { return Bsize_wsize(free_largest()) + left(); }

static mlsize_t pieces(void) { return caml_fl_cur_wsz - free_largest(); }

static void note(void) {
  found.available = available();
  found.left = left();
  found.pieces = pieces();
  found.age = 0;
}

/* Much has become free in pieces. */
static bool is_scattered(void) { return pieces() >= Caml_state->stat_heap_wsz / 4 + found.pieces; }

/* A search is paid for by what was used since the last one, by what it can give back, or by time. */
static bool is_due(void) {
  return free_largest() < MINOR_SPARE / 2 || available() <= found.available / 2 || left() <= found.left / 2 ||
         ++found.age >= 64 || is_scattered();
}

static bool exhausted;
static mlsize_t threshold = MINOR_SPARE / 2;

/* The program gets Out_of_memory when half of what is spared for its handler is used, and again when all is. */
static void warn(void) {
  if (free_largest() >= MINOR_SPARE) threshold = MINOR_SPARE / 2;
  if (free_largest() >= threshold) return;
  exhausted = true;
  caml_set_action_pending();
}

/* ---- Big arrays, whose data lies in the C heap ---- */

extern uintnat caml_custom_major_ratio, caml_custom_minor_ratio, caml_custom_minor_max_bsz; /* custom.c */

/* Bytes of big arrays: those that the next minor collection may find dead, and those that have survived one and that the
   next cycle of the major collector may find dead. */
static size_t young, old;

/* The runtime paces its collections by what such data is in proportion to the OCaml heap, which here is small beside the
   rest of RAM: the ratios are of the minor heap instead. */
static bool exceeds(size_t bytes, uintnat ratio) {
  return bytes > Bsize_wsize(Caml_state->minor_heap_wsz) / 100 * ratio;
}

void pressure_promoted(mlsize_t bytes, mlsize_t most) {
  if (most == DATA) {
    old += bytes;
  } else {
    caml_adjust_gc_speed(bytes, most);
  }
}

/* Whether a cycle has ended here, and nothing was promoted since. */
static bool ended;

/* Where data is most of what is promoted, it says when a cycle is due; that goes through at once then, from its
   beginning, because what dies while a cycle is under way stays until the end of the next one. */
bool pressure_waits(void) {
  if (caml_gc_phase != Phase_idle) return false;
  ended &= caml_allocated_words == 0;
  bool waits = ended || (old > Bsize_wsize(caml_allocated_words) && caml_extra_heap_resources < 1.0 &&
                         caml_allocated_words < Caml_state->stat_heap_wsz / 4);
  if (!waits) old = 0;
  return waits;
}

static void find_dead_data(void) {
  if (caml_gc_phase == Phase_idle) old = 0;
  caml_finish_major_cycle();
  /* The slice that is asked for is left out. Without it the next minor collection would come when the minor heap is half full. */
  ended = true;
  Caml_state->requested_major_slice = 1;
}

/* ---- Searches ---- */

/* Finds all garbage, and leaves as much as possible to the stack and to C, but for a part of the minor heap. Where dead big arrays
   were all that was in the way nothing is moved, which costs as much again; but pieces would be in the way again the next time. */
static void search(void) {
  mlsize_t part = Caml_state->minor_heap_wsz / 4 + MINOR_SPARE;
  bool scattered = is_scattered();
  finish_cycles();
  old = 0;
  if (scattered || left() < LEFT || free_largest() < part) {
    minor_use(part);
    compact();
    have_block();
  }
  note();
  minor_use(free_largest());
}

/* After each minor collection: has a block ready for the next one. Where memory is short less of the minor heap is used; the
   program gets Out_of_memory before a collection has no place for what survives. */
static void settle(void) {
  mlsize_t all = Caml_state->minor_heap_wsz + MINOR_SPARE;
  size_t plenty = chunk_size(all) + LEFT;
  if (exceeds(old, caml_custom_major_ratio)) find_dead_data();
  if (free_largest() < all && (ram_between() >= plenty || ram_beyond() >= plenty)) add_chunk(all);
  if (free_largest() >= all && left() == LEFT) {
    note();
  } else {
    have_block();
    if (is_due()) search();
  }
  minor_use(free_largest());
  warn();
}

bool ram_is_exhausted(void) {
  static int calls; /* until the handler runs: raising the exception looks for what is pending, too */
  if (exhausted) {
    /* Meanwhile an allocation may have failed, and its handler dropped what filled memory. */
    caml_empty_minor_heap();
    search();
    exhausted = free_largest() < threshold;
  }
  if (exhausted) {
    calls = 2;
    threshold = MINOR_LEAST;
    exhausted = false;
    return true;
  }
  if (calls == 0) return false;
  if (--calls != 0) {
    caml_set_action_pending();
  } else {
    /* What the handler has dropped may have filled memory, which the stack needs. */
    caml_empty_minor_heap();
    search();
    exhausted = false;
  }
  return false;
}

/* ---- One door for what needs much memory ---- */

/* Finds all garbage, and unites what is free, but for what a small part of the minor heap needs. Returns whether it is enough. */
static bool collect(bool (*enough)(size_t), size_t size) {
  if (enough(size)) return true;
  caml_empty_minor_heap();
  finish_cycles();
  minor_use(0);
  if (enough(size)) return true;
  compact();
  if (free_largest() < minor_promise()) add_chunk(minor_promise());
  note();
  return enough(size);
}

bool ram_make_room(size_t size) { return collect(fits, size); }

static bool never(size_t size) { return false; }

void ram_find_all(void) { collect(never, 0); }

/* ---- Big arrays are made ---- */

/* A minor collection comes before the block, not behind it, so that the newest data can die young. */
value __wrap_caml_alloc_custom_mem(struct custom_operations *operations, uintnat size, mlsize_t data) {
  if (exceeds(young + data, caml_custom_minor_ratio)) caml_minor_collection();
  value block = caml_alloc_small(1 + Wsize_bsize(size + sizeof(value) - 1), Custom_tag);
  Custom_ops_val(block) = operations;
  size_t counted = data < caml_custom_minor_max_bsz ? data : caml_custom_minor_max_bsz;
  old += data - counted;
  add_to_custom_table(Caml_state->custom_table, block, counted, DATA);
  young += data;
  caml_memprof_track_custom(block, data);
  return block;
}

/* Room for the data of a big array. Sizes whose product is none are the primitive's to refuse. */
static void make_room_for_data(int kind, int dimensions, const intnat *sizes) {
  size_t size = caml_ba_element_size[kind];
  for (int i = 0; i < dimensions; i++) {
    if (__builtin_mul_overflow(size, (size_t)sizes[i], &size)) return;
  }
  ram_make_room(size);
}

/* Stubs of libraries make big arrays of their own; where the sizes are may be moved by a collection. */
value __real_caml_ba_alloc(int flags, int dimensions, void *data, intnat *sizes);

value __wrap_caml_ba_alloc(int flags, int dimensions, void *data, intnat *sizes) {
  intnat copy[CAML_BA_MAX_NUM_DIMS];
  for (int i = 0; i < dimensions; i++) copy[i] = sizes[i];
  if (data == NULL) make_room_for_data(flags & CAML_BA_KIND_MASK, dimensions, copy);
  return __real_caml_ba_alloc(flags, dimensions, data, copy);
}

value __wrap_caml_ba_alloc_dims(int flags, int dimensions, void *data, ...) {
  intnat sizes[CAML_BA_MAX_NUM_DIMS];
  va_list list;
  va_start(list, data);
  for (int i = 0; i < dimensions; i++) sizes[i] = va_arg(list, intnat);
  va_end(list);
  return __wrap_caml_ba_alloc(flags, dimensions, data, sizes);
}

value __real_caml_ba_create(value kind, value layout, value dimensions);

value __wrap_caml_ba_create(value kind, value layout, value dimensions) {
  CAMLparam3(kind, layout, dimensions);
  intnat sizes[CAML_BA_MAX_NUM_DIMS];
  mlsize_t count = Wosize_val(dimensions);
  /* More dimensions are the primitive's to refuse, too. */
  if (count <= CAML_BA_MAX_NUM_DIMS) {
    for (mlsize_t i = 0; i < count; i++) sizes[i] = Long_val(Field(dimensions, i));
    make_room_for_data(Caml_ba_kind_val(kind), count, sizes);
  }
  CAMLreturn(__real_caml_ba_create(kind, layout, dimensions));
}

/* Parts and other views of a big array share its data, which is counted in a block of C from then on. Each asks for one at
   most, but all of them are garbage of the OCaml heap alone, which has no reason to look for it. In bytes, with what C needs
   meanwhile. */
#define PROXY 512

#define VIEW(primitive)                                       \
  value __real_##primitive(value array, value how);           \
  value __wrap_##primitive(value array, value how) {          \
    CAMLparam2(array, how);                                   \
    ram_make_room(PROXY);                                     \
    CAMLreturn(__real_##primitive(array, how));               \
  }

VIEW(caml_ba_slice)
VIEW(caml_ba_reshape)
VIEW(caml_ba_change_layout)

value __real_caml_ba_sub(value array, value offset, value length);

value __wrap_caml_ba_sub(value array, value offset, value length) {
  CAMLparam3(array, offset, length);
  ram_make_room(PROXY);
  CAMLreturn(__real_caml_ba_sub(array, offset, length));
}

/* ---- Long blocks of the OCaml heap ---- */

/* How much the heap grows by (memory.c), for what is asked for and the collector's share of garbage on top. What has no place
   with that share gets what it needs alone, and the header, which the runtime trusts the share to have place for. */
asize_t __real_caml_clip_heap_chunk_wsz(asize_t words);

asize_t __wrap_caml_clip_heap_chunk_wsz(asize_t words) {
  asize_t chunk = __real_caml_clip_heap_chunk_wsz(words), share = 100 + caml_percent_free;
  return fits(chunk_size(chunk)) ? chunk : Whsize_wosize(words / share * 100 + words % share);
}

static bool has_place(size_t words) { return free_has(words) || fits(chunk_size(words)); }

/* What calls this has nothing at hand that is no root, but for the interpreter. */
value __real_caml_alloc_shr(mlsize_t wosize, tag_t tag);

value __wrap_caml_alloc_shr(mlsize_t wosize, tag_t tag) {
  if (wosize <= Max_wosize) collect(has_place, wosize);
  return __real_caml_alloc_shr(wosize, tag);
}

/* A value that is unmarshalled. */
value __real_caml_alloc_shr_no_track_noexc(mlsize_t wosize, tag_t tag);

value __wrap_caml_alloc_shr_no_track_noexc(mlsize_t wosize, tag_t tag) {
  if (wosize <= Max_wosize) collect(has_place, wosize);
  return __real_caml_alloc_shr_no_track_noexc(wosize, tag);
}

static void begin_minor(void) {
  young = 0;
  ram_shrink_stack();
  minor_search();
}

void pressure_start(void) {
  caml_minor_gc_begin_hook = begin_minor;
  caml_minor_gc_end_hook = settle;
}
