/* SPDX-License-Identifier: Apache-2.0 */
/* The free list and the minor collection of OCaml's runtime in one unit, so that what survives finds room without
   calls. Of the three allocation policies there is best fit alone: Gc.set changes none. One free block is kept for the next
   minor collection, large enough for all that the minor heap can hold: nothing else gets it. */

#define CAML_INTERNALS

#include "caml/fail.h"
#include "caml/freelist.h"
#include "caml/major_gc.h"
#include "caml/memory.h"
#include "caml/minor_gc.h"
#include "caml/mlvalues.h"
#include "ram.h"

/* What refers to the other policies; unused, and they with it. */
static __attribute__((unused)) void any_policy(uintnat policy);
static __attribute__((unused)) void any_policy_reset(intnat policy);
#define caml_set_allocation_policy any_policy
#define caml_fl_reset_and_switch_policy any_policy_reset
#include "upstream/freelist.c"
#undef caml_set_allocation_policy
#undef caml_fl_reset_and_switch_policy

mlsize_t free_largest(void) {
  large_free_block *block = bf_large_tree;
  while (block != NULL && block->right != NULL) block = block->right;
  return block == NULL ? 0 : bf_large_wosize(block);
}

bool free_has(mlsize_t wosize) {
  mlsize_t largest = free_largest(), least = 0;
  if (largest >= wosize + minor_promise()) return true;
  for (large_free_block *block = bf_large_tree; block != NULL;) {
    bool fits = bf_large_wosize(block) >= wosize;
    if (fits) least = bf_large_wosize(block);
    block = fits ? block->left : block->right;
  }
  return least != 0 && least < largest;
}

/* The heap has just grown for the block that is asked for next. */
static bool grown;

static void add_blocks(value blocks) {
  bf_add_blocks(blocks);
  grown = true;
}

static header_t *allocate(mlsize_t wosize) {
  bool free = grown || Caml_state->in_minor_collection || free_has(wosize);
  grown = false;
  return free ? bf_allocate(wosize) : NULL;
}

void caml_set_allocation_policy(uintnat policy) {
  caml_allocation_policy = caml_policy_best_fit;
  caml_fl_p_allocate = allocate;
  caml_fl_p_init_merge = bf_init_merge;
  caml_fl_p_reset = bf_reset;
  caml_fl_p_init = bf_init;
  caml_fl_p_merge_block = bf_merge_block;
  caml_fl_p_add_blocks = add_blocks;
  caml_fl_p_make_free_blocks = bf_make_free_blocks;
}

void caml_fl_reset_and_switch_policy(intnat policy) { bf_reset(); }

/* bf_allocate's first choices for small blocks: one of the size, else the end of the least of the large ones. NULL where
   neither is there. */
static inline __attribute__((always_inline)) header_t *small_block(mlsize_t wosize) {
  if (wosize > BF_NUM_SMALL) return NULL;
  value block = bf_small_fl[wosize].free;
  if (block != Val_NULL) {
    if (bf_small_fl[wosize].merge == &Next_small(block)) bf_small_fl[wosize].merge = &bf_small_fl[wosize].free;
    bf_small_fl[wosize].free = Next_small(block);
    if (Next_small(block) == Val_NULL) unset_map(wosize);
    caml_fl_cur_wsz -= Whsize_wosize(wosize);
    return Hp_val(block);
  }
  if ((bf_small_map & (~0U << wosize)) != 0 || bf_large_least == NULL) return NULL;
  mlsize_t least = bf_large_wosize(bf_large_least);
  if (least <= BF_NUM_SMALL + Whsize_wosize(wosize)) return NULL;
  least -= Whsize_wosize(wosize);
  Hd_val((value)bf_large_least) = Make_header(least, 0, Caml_blue);
  caml_fl_cur_wsz -= Whsize_wosize(wosize);
  return (header_t *)&Field((value)bf_large_least, least);
}

/* caml_alloc_shr_for_minor_gc */
static inline __attribute__((always_inline)) value room_for(mlsize_t wosize, tag_t tag, header_t before) {
  header_t *hp = small_block(wosize);
  if (hp == NULL) return caml_alloc_shr_for_minor_gc(wosize, tag, before);
  int white = caml_gc_phase == Phase_idle ||
              (caml_gc_phase == Phase_sweep && (char *)hp < (char *)caml_gc_sweep_hp);
  *hp = Make_header(wosize, tag, white ? Caml_white : Caml_black);
  caml_allocated_words += Whsize_wosize(wosize);
  if (caml_allocated_words > Caml_state->minor_heap_wsz) caml_request_major_slice();
  return Val_hp(hp);
}

/* In minor.c: unused here, and their tables' growing with them. */
static __attribute__((unused)) void any_size(asize_t size);
static __attribute__((unused)) void any_references(struct caml_ref_table *table);
static __attribute__((unused)) void any_ephemerons(struct caml_ephe_ref_table *table);
static __attribute__((unused)) void any_customs(struct caml_custom_table *table);
#define caml_set_minor_heap_size any_size
#define caml_realloc_ref_table any_references
#define caml_realloc_ephe_ref_table any_ephemerons
#define caml_realloc_custom_table any_customs
#define caml_alloc_shr_for_minor_gc room_for

static void slice(intnat work) {
  if (!pressure_waits()) caml_major_collection_slice(work);
}

#define caml_major_collection_slice slice
#define caml_adjust_gc_speed pressure_promoted
#define caml_alloc_small_dispatch make_place
#include "upstream/minor_gc.c"
#undef caml_alloc_small_dispatch

/* A program that has all its blocks made by C comes to nothing else that raises what is pending, and a minor collection that
   finds no place ends it. What is allocated already is given back meanwhile: it has no place yet. */
void caml_alloc_small_dispatch(intnat wosize, int flags, int count, unsigned char *lengths) {
  if (!(flags & CAML_FROM_CAML)) {
    Caml_state->young_ptr += Whsize_wosize(wosize);
    if (ram_is_exhausted()) caml_raise_out_of_memory();
    Caml_state->young_ptr -= Whsize_wosize(wosize);
  }
  make_place(wosize, flags, count, lengths);
}
