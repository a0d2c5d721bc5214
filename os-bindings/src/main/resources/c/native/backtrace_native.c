/* SPDX-License-Identifier: Apache-2.0 */
/* Backtraces of compiled code: the part of the interface caml/backtrace_prim.h that backtrace_nat.c
   implements for the stock compiler. They are those of bytecode: a function that was put into its caller is shown as
   if it had been called.

   Recording an exception stores what is at hand: return addresses, and for a handler in a function that was
   put into another how many of the calls at the last return address lie outside it. When the backtrace
   is asked for, this becomes slots, one for each call: the number of the return address, and how many calls
   out of it. They are even, not 0, and below the addresses of code; handlers are above those. */

#define CAML_INTERNALS

#include <stdint.h>
#include <string.h>

#include "caml/backtrace.h"
#include "caml/backtrace_prim.h"
#include "caml/memory.h"
#include "caml/mlvalues.h"
#include "frames.h"
#include "locations.h"
#include "native.h"

#define CALLSTACK_INIT 32
#define DEPTHS 128
#define CODE 0x40000000u
#define HANDLER 0x80000000u

/* Written by the compiler, in order of address. */
struct inlined_handler {
  uint32_t address;
  uint32_t outer; /* calls that the handler's function is inlined at */
};
extern const struct inlined_handler caml_native_inlined_handlers[], caml_native_inlined_handlers_end[];

static backtrace_slot slot_of(uint32_t number, int depth) {
  return (backtrace_slot)(((number + 1) * DEPTHS + depth) * 2);
}

/* ---- Recording ---- */

/* The runtime's own, renamed when it is compiled. */
value caml_record_backtrace_anyway(value flag);

value caml_record_backtrace(value flag) {
  caml_native_backtraces = Bool_val(flag);
  return caml_record_backtrace_anyway(flag);
}

int caml_alloc_backtrace_buffer(void) {
  Caml_state->backtrace_buffer = caml_stat_alloc_noexc(BACKTRACE_BUFFER_SIZE * sizeof(backtrace_slot));
  return Caml_state->backtrace_buffer == NULL ? -1 : 0;
}

static void record(uint32_t entry) {
  if (Caml_state->backtrace_pos < BACKTRACE_BUFFER_SIZE) {
    Caml_state->backtrace_buffer[Caml_state->backtrace_pos++] = (backtrace_slot)entry;
  }
}

static void record_handler(uint32_t address) {
  const struct inlined_handler *low = caml_native_inlined_handlers, *high = caml_native_inlined_handlers_end;
  while (low < high) {
    const struct inlined_handler *middle = low + (high - low) / 2;
    if (middle->address < address) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  if (low < caml_native_inlined_handlers_end && low->address == address) record(HANDLER + low->outer);
}

/* The stack below the C function whose callback the last recorded exception has ended. */
static char *crossed;

/* Records the frames from a return address and stack pointer to the innermost trap. */
void caml_native_stash(value exn, uint32_t pc, char *sp, int reraise) {
  struct link at = {.bottom = sp, .return_address = pc};
  const struct link *outer = NULL;
  const char *trap = caml_native_exception_pointer;
  struct native_frame frame;
  uint32_t known = 0;
  if (exn != Caml_state->backtrace_last_exn || !reraise) {
    Caml_state->backtrace_pos = 0;
    Caml_state->backtrace_last_exn = exn;
  }
  crossed = NULL;
  if (Caml_state->backtrace_buffer == NULL && caml_alloc_backtrace_buffer() == -1) return;
  while (at.bottom <= trap && (outer = native_callback_link(&at)) == NULL &&
         Caml_state->backtrace_pos < BACKTRACE_BUFFER_SIZE) {
    /* Functions that call themselves leave many frames of one return address. */
    if (at.return_address != known) frame = native_frame_find(at.return_address);
    known = at.return_address;
    record(known);
    native_leave_frame(&at, frame.words);
  }
  if (outer != NULL) {
    crossed = outer->bottom;
  } else {
    record_handler(*(uint32_t *)trap);
  }
}

/* A C function that a callback's exception reaches raises it again: the backtrace goes on. */
void native_stash_in_c(value exn) {
  const struct link *at = &caml_native_stack;
  caml_native_stash(exn, at->return_address, at->bottom, crossed == at->bottom);
}

/* ---- Reading ---- */

static int depths(uint32_t number) {
  int count = 0;
  while (count < DEPTHS && location_exists(number, count)) count++;
  return count;
}

/* Turns what was recorded into slots, from the end of the buffer on; what finds no room is forgotten. */
static void expand(void) {
  backtrace_slot *buffer = Caml_state->backtrace_buffer;
  intnat first = BACKTRACE_BUFFER_SIZE;
  int outer = 0;
  for (intnat i = Caml_state->backtrace_pos - 1; i >= 0; i--) {
    uint32_t entry = (uint32_t)buffer[i];
    if (entry >= HANDLER) {
      outer = entry - HANDLER;
      continue;
    }
    uint32_t number = entry < CODE ? 0 : native_frame_number(entry);
    int slots = entry < CODE ? 1 : depths(number) - outer;
    if (slots > first - i) {
      intnat surplus = slots - (first - i);
      memmove(buffer + first + surplus, buffer + first,
              (BACKTRACE_BUFFER_SIZE - first - surplus) * sizeof(backtrace_slot));
      first += surplus;
    }
    for (int depth = slots - 1; depth >= 0; depth--) {
      buffer[--first] = entry < CODE ? (backtrace_slot)entry : slot_of(number, depth);
    }
    outer = 0;
  }
  Caml_state->backtrace_pos = BACKTRACE_BUFFER_SIZE - first;
  memmove(buffer, buffer + first, Caml_state->backtrace_pos * sizeof(backtrace_slot));
}

/* The runtime's own, which read the buffer, renamed when they are compiled. */
value caml_get_exception_raw_backtrace_anyway(value unit);
value caml_get_exception_backtrace_anyway(value unit);
void caml_print_exception_backtrace_anyway(void);

value caml_get_exception_raw_backtrace(value unit) {
  expand();
  return caml_get_exception_raw_backtrace_anyway(unit);
}

value caml_get_exception_backtrace(value unit) {
  expand();
  return caml_get_exception_backtrace_anyway(unit);
}

void caml_print_exception_backtrace(void) {
  expand();
  caml_print_exception_backtrace_anyway();
}

intnat caml_collect_current_callstack(value **trace, intnat *size, intnat max, int alloc_idx) {
  struct link at = caml_native_stack;
  intnat count = 0;
  while (count < max && native_at_frame(&at)) {
    uint32_t number = native_frame_number(at.return_address);
    int slots = depths(number);
    if (slots > max - count) slots = max - count;
    if (count + slots > *size) {
      intnat larger = *size * 2 + CALLSTACK_INIT + slots;
      value *grown = caml_stat_resize_noexc(*trace, larger * sizeof(value));
      if (grown == NULL) break;
      *trace = grown;
      *size = larger;
    }
    for (int depth = 0; depth < slots; depth++) {
      (*trace)[count++] = Val_backtrace_slot(slot_of(number, depth));
    }
    native_leave_frame(&at, native_frame_find(at.return_address).words);
  }
  return count;
}

debuginfo caml_debuginfo_extract(backtrace_slot slot) { return slot; }

debuginfo caml_debuginfo_next(debuginfo slot) { return NULL; }

void caml_debuginfo_location(debuginfo slot, struct caml_loc_info *info) {
  uint32_t bits = (uint32_t)slot / 2;
  if (!location_find(bits / DEPTHS - 1, bits % DEPTHS, info)) {
    info->loc_is_raise = 1; /* such are not printed */
  }
}
