/* SPDX-License-Identifier: Apache-2.0 */
/* The runtime expects that the heap can always grow: it collects at a pace set by what is allocated,
   and a minor collection that finds no place for what survives ends the program. On this machine the
   heap reaches the end of RAM in normal operation, so garbage has to be found in time. */

#define CAML_INTERNALS

#include "caml/freelist.h"
#include "caml/major_gc.h"
#include "caml/minor_gc.h"
#include "caml/misc.h"
#include "ram.h"

/* The next minor collection may need as much as the minor heap has; what is free is in pieces. */
static asize_t needed(void) { return 2 * Bsize_wsize(Caml_state->minor_heap_wsz); }

static asize_t available(void) {
  return Bsize_wsize(caml_fl_cur_wsz) + (ram_stack_end() - ram_heap_end());
}

/* After each minor collection. The cycle under way keeps what became garbage since it began; a second
   one finds that too. */
static void relieve(void) {
  ram_shrink_stack();
  for (int cycles = 0; cycles < 2 && available() < needed(); cycles++) caml_finish_major_cycle();
}

void pressure_start(void) { caml_minor_gc_end_hook = relieve; }
