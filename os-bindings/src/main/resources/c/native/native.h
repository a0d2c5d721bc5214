/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of this directory share. */

#ifndef NATIVE_H
#define NATIVE_H

#include <stdint.h>

#include "caml/mlvalues.h"

/* The stack when OCaml code was last left, and the links that callbacks save: see native.S. */
struct link {
  char *bottom;
  uint32_t return_address; /* into the code that the frame at the bottom belongs to */
  value *registers;        /* where call_gc has put them */
};
extern struct link caml_native_stack;

/* Passes over callbacks from C to the innermost frame of OCaml code. Returns 0 at the stack's end. */
int native_at_frame(struct link *at);

/* Goes on from a frame of that size to its caller. */
void native_leave_frame(struct link *at, uint32_t words);

/* If the stack begins with a callback from C, where that C function was called; else NULL. */
const struct link *native_callback_link(const struct link *at);

/* The innermost trap record. */
extern char *caml_native_exception_pointer;

/* Whether backtraces are recorded; what raises looks at it. */
extern int caml_native_backtraces;

/* Raises the exception in a2; not a C function. */
extern char caml_native_raise_notrace[];

/* Where callbacks from C return to. */
extern char caml_native_callback_return[];

/* Records the backtrace of an exception that C code raises. */
void native_stash_in_c(value exception);

/* Runs it on the stack that ends at top (native.S). */
int caml_native_on_stack(char *top, int (*run)(void));

/* Where C code calls OCaml code: as if the stack had grown by one word after the other. */
void native_meet_guard(void);

/* Runs it on the stack at the end of the heap. */
int caml_native_start_stack(int (*run)(void));

#endif
