/* SPDX-License-Identifier: Apache-2.0 */
/* The collector's and the exceptions' view of compiled code, and the start of a compiled program. */

#define CAML_INTERNALS

#include <stdint.h>

#include "caml/fail.h"
#include "caml/memory.h"
#include "caml/minor_gc.h"
#include "caml/misc.h"
#include "caml/roots.h"
#include "caml/stacks.h"
#include "frames.h"
#include "native.h"
#include "startup.h"

/* Written by the compiler. */
extern value caml_native_globals[], caml_native_globals_end[];
extern const value caml_native_predefined[];
extern const char caml_native_data_begin[], caml_native_data_end[];
extern value caml_native_program(value unit);

struct link caml_native_stack;

extern value caml_native_callback(value code, value *arguments);
extern void caml_native_raise_from_c(value exception) Noreturn;

/* ---- The stack ---- */

const struct link *native_callback_link(const struct link *at) {
  if (at->return_address != (uint32_t)caml_native_callback_return) return NULL;
  return (const struct link *)(at->bottom + 16);
}

int native_at_frame(struct link *at) {
  const struct link *outer;
  while (at->bottom != NULL && (outer = native_callback_link(at)) != NULL) *at = *outer;
  return at->bottom != NULL;
}

void native_leave_frame(struct link *at, uint32_t words) {
  at->return_address = ((uint32_t *)at->bottom)[words - 1];
  at->bottom += words * sizeof(value);
}

/* ---- Roots ---- */

static void scan_frame(scanning_action action, const struct native_frame *frame, value *words,
                       value *registers) {
  static const unsigned char numbers[] = {2, 3, 4, 5, 6, 7, 8, 9, 12, 13};
  for (int i = 0; frame->registers >> i != 0; i++) {
    value *place = &registers[numbers[i]];
    if (frame->registers >> i & 1) action(*place, place);
  }
  uint32_t bits = frame->bits;
  for (unsigned first = 0;;) {
    for (value *word = words + first; bits != 0; bits >>= 1, word++) {
      if (bits & 1) action(*word, word);
    }
    first += 32;
    if (first >= frame->words || frame->more == NULL) break;
    bits = frame->more[first / 32];
  }
}

static void scan_roots(scanning_action action) {
  for (value *global = caml_native_globals; global < caml_native_globals_end; global++) {
    action(*global, global);
  }
  struct link at = caml_native_stack;
  while (native_at_frame(&at)) {
    struct native_frame frame = native_frame_find(at.return_address);
    scan_frame(action, &frame, (value *)at.bottom, at.registers);
    native_leave_frame(&at, frame.words);
  }
}

/* The minor heap's pointer has been lowered by that many bytes, below the limit. */
void caml_native_make_room(uintnat bytes) {
  caml_alloc_small_dispatch(Wosize_bhsize(bytes), CAML_DO_TRACK | CAML_FROM_CAML, 1, NULL);
}

/* ---- Exceptions ---- */

/* fail_byt.c ends a raise with longjmp, for which it is compiled to call this. */
void caml_native_longjmp(void *buffer, int result) {
  while (Caml_state->local_roots != NULL &&
         (char *)Caml_state->local_roots < caml_native_exception_pointer) {
    Caml_state->local_roots = Caml_state->local_roots->next;
  }
  if (caml_native_backtraces) native_stash_in_c(Caml_state->exn_bucket);
  caml_native_raise_from_c(Caml_state->exn_bucket);
}

/* ---- Callbacks; callback.c is compiled for native code and calls these. ---- */

static value call(value code, value a, value b, value c, value d) {
  value arguments[4] = {a, b, c, d};
  native_meet_guard();
  return caml_native_callback(code, arguments);
}

extern value caml_apply2(value, value, value), caml_apply3(value, value, value, value);

value caml_callback_asm(caml_domain_state *state, value closure, value *args) {
  return call(Field(closure, 0), args[0], closure, Val_unit, Val_unit);
}

value caml_callback2_asm(caml_domain_state *state, value closure, value *args) {
  return call((value)caml_apply2, args[0], args[1], closure, Val_unit);
}

value caml_callback3_asm(caml_domain_state *state, value closure, value *args) {
  return call((value)caml_apply3, args[0], args[1], args[2], closure);
}

/* ---- Start ---- */

void program_load(void) {
  static struct longjmp_buffer unused;
  startup_static_data(caml_native_data_begin, caml_native_data_end);
  caml_global_data = (value)caml_native_predefined;
  caml_scan_roots_hook = scan_roots;
  Caml_state->external_raise = &unused;
}

static int run(void) {
  return startup_status(
      call((value)caml_native_program, Val_unit, Val_unit, Val_unit, Val_unit));
}

int program_run(void) { return caml_native_start_stack(run); }
