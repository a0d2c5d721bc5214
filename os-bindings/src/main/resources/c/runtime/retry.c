/* SPDX-License-Identifier: Apache-2.0 */
/* See retry.h. */

#define CAML_INTERNALS

#include "retry.h"

#include <setjmp.h>
#include <stddef.h>

#include "caml/fail.h"
#include "caml/memory.h"
#include "ram.h"

/* Where the function under way is left to. Other exceptions than Out_of_memory leave it set: whoever may ask sets it anew. */
static jmp_buf *left_to;

value retry(retry_function function, value a, value b, value c, value d, value e) {
  struct caml__roots_block *roots = Caml_state->local_roots;
  jmp_buf here;
  left_to = &here;
  if (setjmp(here) == 0) {
    value result = function(a, b, c, d, e);
    left_to = NULL;
    return result;
  }
  left_to = NULL;
  Caml_state->local_roots = roots;
  CAMLparam5(a, b, c, d, e);
  ram_find_all();
  CAMLreturn(function(a, b, c, d, e));
}

void retry_out_of_memory(void) {
  if (left_to == NULL) caml_raise_out_of_memory();
  longjmp(*left_to, 1);
}

void retry_never(void) { left_to = NULL; }
