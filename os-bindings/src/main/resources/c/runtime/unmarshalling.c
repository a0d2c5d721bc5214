/* SPDX-License-Identifier: Apache-2.0 */
/* Unmarshalling of OCaml's runtime. The block that becomes the value is none while it is filled, and no collection may come: so all
   that may be needed in the C heap besides is asked for before. */

#define CAML_INTERNALS

#include <stddef.h>

#include "caml/alloc.h"
#include "caml/fail.h"
#include "caml/memory.h"
#include "caml/mlvalues.h"
#include "caml/signals.h"
#include "ram.h"

/* Bytes of the stack for an object, which grows by keeping old and new side by side. */
#define STACK_SHARE (3 * 12)

/* The table of objects, which is made in front of the block and taken behind it. */
static void *table;

/* Gives back all before it raises. */
static void out_of_memory(void) __attribute__((noreturn));

#define Setup_for_gc
#define Restore_after_gc
static value short_block(mlsize_t wosize, tag_t tag) {
  value block;
  Alloc_small_no_track(block, wosize, tag);
  return block;
}
#undef Setup_for_gc
#undef Restore_after_gc

/* The block, or 0. */
static value block_for(mlsize_t wosize, tag_t tag, mlsize_t objects) {
  asize_t size = objects * sizeof(value);
  ram_make_room(size + objects * STACK_SHARE + Bsize_wsize(wosize));
  table = objects == 0 ? NULL : caml_stat_alloc_noexc(size);
  value block = wosize <= Max_young_wosize ? short_block(wosize, tag) : caml_alloc_shr_no_track_noexc(wosize, tag);
  if (block == 0) {
    caml_stat_free(table);
    table = NULL;
  }
  return block;
}

static void *take(asize_t size) {
  void *data = table;
  table = NULL;
  return data == NULL ? caml_stat_alloc_noexc(size) : data;
}

/* What was read from a channel. */
static void *input_for(asize_t size) {
  ram_make_room(size);
  return caml_stat_alloc(size);
}

#undef Alloc_small_no_track
#define Alloc_small_no_track(block, wosize, tag) (block) = block_for(wosize, tag, num_objects)
#define caml_alloc_shr_no_track_noexc(wosize, tag) block_for(wosize, tag, num_objects)
#define caml_stat_alloc_noexc take
#define caml_stat_alloc input_for
#define caml_raise_out_of_memory out_of_memory
#define caml_input_value_from_bytes input_from_bytes
value input_from_bytes(value bytes, value offset);
#include "upstream/intern.c"
#undef caml_raise_out_of_memory
#undef caml_input_value_from_bytes

static void out_of_memory(void) {
  intern_cleanup();
  caml_raise_out_of_memory();
}

/* The data of big arrays takes about as much as it does in the bytes. */
value caml_input_value_from_bytes(value bytes, value offset) {
  CAMLparam1(bytes);
  if (caml_string_length(bytes) >= Long_val(offset) + 20) {
    intern_src = &Byte_u(bytes, Long_val(offset) + 4);
    ram_make_room(read32u());
  }
  CAMLreturn(input_from_bytes(bytes, offset));
}
