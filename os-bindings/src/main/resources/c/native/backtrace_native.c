/* SPDX-License-Identifier: Apache-2.0 */
/* Backtraces of compiled code: none are recorded yet. */

#define CAML_INTERNALS

#include "caml/backtrace.h"
#include "caml/backtrace_prim.h"
#include "caml/mlvalues.h"

int caml_alloc_backtrace_buffer(void) { return -1; }

intnat caml_collect_current_callstack(value **trace, intnat *size, intnat max, int alloc_idx) {
  return 0;
}

int caml_debug_info_available(void) { return 0; }
int caml_debug_info_status(void) { return 0; }
void caml_debuginfo_location(debuginfo slot, struct caml_loc_info *info) { info->loc_valid = 0; }
debuginfo caml_debuginfo_extract(backtrace_slot slot) { return slot; }
debuginfo caml_debuginfo_next(debuginfo slot) { return NULL; }
