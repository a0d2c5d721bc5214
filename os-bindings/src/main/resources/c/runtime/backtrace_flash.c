/* SPDX-License-Identifier: Apache-2.0 */
/* Backtraces of a program in flash: the part of the interface caml/backtrace_prim.h that
   backtrace_byt.c implements for one in a file. A slot is the address of the instruction behind a
   call. */

#define CAML_INTERNALS

#include "caml/backtrace.h"
#include "caml/backtrace_prim.h"
#include "caml/fail.h"
#include "caml/fix_code.h"
#include "caml/instruct.h"
#include "caml/memory.h"
#include "caml/stacks.h"
#include "locations.h"

#define CALLSTACK_INIT 32

int caml_alloc_backtrace_buffer(void) {
  Caml_state->backtrace_buffer = caml_stat_alloc_noexc(BACKTRACE_BUFFER_SIZE * sizeof(code_t));
  return Caml_state->backtrace_buffer == NULL ? -1 : 0;
}

/* Whether a word of the stack is a return address. */
static int is_code(value word) {
  return Is_block(word) && (code_t)word >= caml_start_code &&
         (char *)word < (char *)caml_start_code + caml_code_size;
}

void caml_stash_backtrace(value exn, value *sp, int reraise) {
  if (exn != Caml_state->backtrace_last_exn || !reraise) {
    Caml_state->backtrace_pos = 0;
    Caml_state->backtrace_last_exn = exn;
  }
  if (Caml_state->backtrace_buffer == NULL && caml_alloc_backtrace_buffer() == -1) return;
  for (; sp < Caml_state->trapsp; sp++) {
    if (Caml_state->backtrace_pos >= BACKTRACE_BUFFER_SIZE) break;
    if (is_code(*sp)) Caml_state->backtrace_buffer[Caml_state->backtrace_pos++] = (code_t)*sp;
  }
}

/* The next return address from *sp upwards, which moves past it; NULL at the end. A trap frame's
   handler is none: *trap is the next such frame. */
static code_t next_frame(value **sp, value **trap) {
  while (*sp < Caml_state->stack_high) {
    value *word = (*sp)++;
    if (&Trap_pc(*trap) == (code_t *)word) {
      *trap += Long_val(Trap_link_offset(*trap));
    } else if (is_code(*word)) {
      return (code_t)*word;
    }
  }
  return NULL;
}

intnat caml_collect_current_callstack(value **trace, intnat *size, intnat max, int alloc_idx) {
  value *sp = Caml_state->extern_sp, *trap = Caml_state->trapsp;
  intnat count = 0;
  while (count < max) {
    code_t pc = next_frame(&sp, &trap);
    if (pc == NULL) break;
    if (count == *size) {
      intnat larger = *size == 0 ? CALLSTACK_INIT : *size * 2;
      value *grown = caml_stat_resize_noexc(*trace, larger * sizeof(value));
      if (grown == NULL) break;
      *trace = grown;
      *size = larger;
    }
    (*trace)[count++] = Val_backtrace_slot(pc);
  }
  return count;
}

void caml_debuginfo_location(debuginfo slot, struct caml_loc_info *info) {
  code_t pc = slot;
  if (!location_find(pc - caml_start_code, 0, info)) {
    info->loc_is_inlined = 0;
    info->loc_is_raise = caml_is_instruction(*pc, RAISE) || caml_is_instruction(*pc, RERAISE);
  }
}

debuginfo caml_debuginfo_extract(backtrace_slot slot) { return slot; }

debuginfo caml_debuginfo_next(debuginfo slot) { return NULL; }

/* Nothing is loaded at run time, so nothing is added or removed. */
value caml_add_debug_info(code_t code, value size, value events) { return Val_unit; }
value caml_remove_debug_info(code_t code) { return Val_unit; }
