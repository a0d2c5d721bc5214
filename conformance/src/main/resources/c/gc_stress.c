/* SPDX-License-Identifier: Apache-2.0 */
/* A minor collection and a slice of the major one at every allocation, now and then a whole major
   collection or a compaction. What a collection leaves behind in the minor heap is overwritten, so that a
   value the collector was not told of is noticed. */

#define CAML_NAME_SPACE
#define CAML_INTERNALS

#include <stdint.h>
#include <string.h>

#include "board.h"
#include "caml/compact.h"
#include "caml/domain.h"
#include "caml/major_gc.h"
#include "caml/minor_gc.h"
#include "caml/misc.h"
#include "caml/mlvalues.h"
#include "caml/signals.h"

/* Even, so that it is no int; as an address misaligned; as a header too large for any heap. */
#define DEAD 0xDA

/* A whole major collection, a compaction, every so many collections. */
#define MAJOR 64
#define COMPACTION 512

/* From then on only some allocations are followed by a collection: programs have to end. */
#define EVERY_NS 10000000000u
#define BURST 16

/* The interpreter would wait for ever until nothing is pending: when so many collections have found nothing
   to collect, the next one is left to the minor heap, which is small. */
#define IDLE 4
#define MINOR_WORDS 1024

static void (*next_begin)(void), (*next_end)(void);
static value *low;
static uint32_t collections, idle;

static void minor_begin(void) {
  low = Caml_state->young_ptr;
  if (next_begin != NULL) next_begin();
}

static void again(void) {
  Caml_state->requested_major_slice = 1;
  caml_request_minor_gc();
}

static void minor_end(void) {
  idle = 0;
  memset(low, DEAD, (char *)Caml_state->young_alloc_end - (char *)low);
  if (next_end != NULL) next_end();
}

/* A slice may come between two minor collections; what is whole needs an empty minor heap. */
static int is_minor_empty(void) { return Caml_state->young_ptr == Caml_state->young_alloc_end; }

static void slice_end(void) {
  static int busy;
  if (busy) return;
  busy = 1;
  collections++;
  int every = board_monotonic_ns() < EVERY_NS;
  int whole = every && is_minor_empty();
  if (whole && collections % MAJOR == 0) caml_finish_major_cycle();
  if (whole && collections % COMPACTION == 0) {
    caml_finish_major_cycle();
    caml_compact_heap(-1);
  }
  busy = 0;
  if (idle++ < IDLE && (every || collections % BURST != 0)) again();
}

value conformance_gc_stress(value unit) {
  caml_set_minor_heap_size(Bsize_wsize(MINOR_WORDS));
  next_begin = caml_minor_gc_begin_hook;
  next_end = caml_minor_gc_end_hook;
  caml_minor_gc_begin_hook = minor_begin;
  caml_minor_gc_end_hook = minor_end;
  caml_major_slice_end_hook = slice_end;
  again();
  return Val_unit;
}
