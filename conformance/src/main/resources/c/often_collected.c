/* SPDX-License-Identifier: Apache-2.0 */
/* Minor collections after a few words each time, by a series that is the same in every run: what is new is moved soon after
   it was made, at any allocation, also those of exceptions. With one at every allocation nothing would be new for long. */

#define CAML_NAME_SPACE
#define CAML_INTERNALS

#include <stdint.h>

#include "caml/config.h"
#include "caml/domain.h"
#include "caml/minor_gc.h"
#include "caml/misc.h"
#include "caml/mlvalues.h"

/* Place for the largest block that is made there. */
#define HEAP_WORDS (Max_young_wosize + 64)

/* Words up to the next collection: less than twice so many. */
#define MEAN_WORDS 32

static void (*next_begin)(void), (*next_end)(void);
static value *left;
static uint32_t series = 1;
static int fruitless;

static void minor_begin(void) {
  fruitless = Caml_state->young_ptr == left;
  if (next_begin != NULL) next_begin();
}

/* The minor heap seems to be used, but for some words; not when that was too little for a block. */
static void minor_end(void) {
  if (next_end != NULL) next_end();
  series = series * 1664525 + 1013904223;
  if (!fruitless) Caml_state->young_ptr = Caml_state->young_alloc_start + (series >> 16) % (2 * MEAN_WORDS);
  left = Caml_state->young_ptr;
}

value conformance_often_collected(value unit) {
  caml_set_minor_heap_size(Bsize_wsize(HEAP_WORDS));
  next_begin = caml_minor_gc_begin_hook;
  next_end = caml_minor_gc_end_hook;
  caml_minor_gc_begin_hook = minor_begin;
  caml_minor_gc_end_hook = minor_end;
  return Val_unit;
}
