/* SPDX-License-Identifier: Apache-2.0 */
/* Marshalling of OCaml's runtime, which collects what it writes, the blocks it has met and those it is within in the C heap:
   where that has no place it begins again behind a collection. Where upstream's loses what it has in the C heap, because the
   string for the result has no place, ours gives it back. */

#define CAML_INTERNALS

#include <string.h>

#include "caml/alloc.h"
#include "caml/fail.h"
#include "caml/intext.h"
#include "caml/memory.h"
#include "caml/mlvalues.h"
#include "caml/signals.h"
#include "retry.h"

static value place_for(mlsize_t length);

#define caml_raise_out_of_memory retry_out_of_memory
#define caml_alloc_string place_for
#define caml_output_value output_value
#define caml_output_value_to_bytes output_to_bytes
#define caml_output_value_to_string output_to_string
#define caml_output_value_to_buffer output_to_buffer
#define caml_obj_reachable_words reachable_words
#define caml_output_val output_val
#define caml_output_value_to_block output_to_block
#define caml_output_value_to_malloc output_to_malloc
value output_value(value channel, value v, value flags);
value output_to_bytes(value v, value flags);
value output_to_string(value v, value flags);
value output_to_buffer(value buffer, value offset, value length, value v, value flags);
value reachable_words(value v);
#include "upstream/extern.c"
#undef caml_alloc_string
#undef caml_output_value
#undef caml_output_value_to_bytes
#undef caml_output_value_to_string
#undef caml_output_value_to_buffer
#undef caml_obj_reachable_words
#undef caml_output_val
#undef caml_output_value_to_block
#undef caml_output_value_to_malloc

/* The string of the result. What has no place for it has collected already, and has moved what the caller was given. */
static value place_for(mlsize_t length) {
  retry_never();
  mlsize_t words = length / sizeof(value) + 1;
  if (words <= Max_young_wosize) return caml_alloc_string(length);
  value string = caml_alloc_shr_no_track_noexc(words, String_tag);
  if (string == 0) extern_out_of_memory();
  Field(string, words - 1) = 0;
  Byte(string, Bsize_wsize(words) - 1) = Bsize_wsize(words) - 1 - length;
  return caml_check_urgent_gc(string);
}

/* ---- Primitives ---- */

value caml_output_value(value channel, value v, value flags) {
  return retry((retry_function)output_value, channel, v, flags, Val_unit, Val_unit);
}

value caml_output_value_to_bytes(value v, value flags) {
  return retry((retry_function)output_to_bytes, v, flags, Val_unit, Val_unit, Val_unit);
}

value caml_output_value_to_string(value v, value flags) { return caml_output_value_to_bytes(v, flags); }

value caml_output_value_to_buffer(value buffer, value offset, value length, value v, value flags) {
  return retry(output_to_buffer, buffer, offset, length, v, flags);
}

/* It writes nothing: there is nothing to give back but what it keeps account in. */
static value count_words(value v) {
  extern_userprovided_output = NULL;
  extern_output_first = NULL;
  extern_flags = 0;
  return reachable_words(v);
}

value caml_obj_reachable_words(value v) {
  return retry((retry_function)count_words, v, Val_unit, Val_unit, Val_unit, Val_unit);
}

/* ---- For C code, whose values only it knows ---- */

void caml_output_val(struct channel *channel, value v, value flags) {
  retry_never();
  output_val(channel, v, flags);
}

intnat caml_output_value_to_block(value v, value flags, char *buffer, intnat length) {
  retry_never();
  return output_to_block(v, flags, buffer, length);
}

void caml_output_value_to_malloc(value v, value flags, char **buffer, intnat *length) {
  retry_never();
  output_to_malloc(v, flags, buffer, length);
}
