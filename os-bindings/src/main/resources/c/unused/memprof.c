/* SPDX-License-Identifier: Apache-2.0 */
/* What the collector calls for Gc.Memprof, for programs that do not use it. All of this gives way to the
   runtime's own memprof.c, which a program that does refers to. */

#define CAML_INTERNALS

#include <stddef.h>

#include "caml/domain_state.h"
#include "caml/memprof.h"
#include "caml/minor_gc.h"
#include "caml/signals.h"

#define WEAK __attribute__((weak))

WEAK value *caml_memprof_young_trigger;

WEAK void caml_memprof_renew_minor_sample(void) {
  caml_memprof_young_trigger = Caml_state->young_alloc_start;
  caml_update_young_limit();
}

WEAK void caml_memprof_set_suspended(int suspended) {}
WEAK value caml_memprof_handle_postponed_exn(void) { return Val_unit; }
WEAK void caml_memprof_track_alloc_shr(value block) {}
WEAK void caml_memprof_track_custom(value block, mlsize_t bytes) {}
WEAK void caml_memprof_track_young(uintnat wosize, int from_caml, int nallocs,
                                   unsigned char *lengths) {}
WEAK void caml_memprof_track_interned(header_t *block, header_t *end) {}
WEAK void caml_memprof_oldify_young_roots(void) {}
WEAK void caml_memprof_minor_update(void) {}
WEAK void caml_memprof_do_roots(scanning_action action) {}
WEAK void caml_memprof_update_clean_phase(void) {}
WEAK void caml_memprof_invert_tracked(void) {}
