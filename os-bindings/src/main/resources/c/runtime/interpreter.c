/* SPDX-License-Identifier: Apache-2.0 */
/* The interpreter of OCaml's runtime. When it makes a long block what it has in its accumulator is no root: no collection may come
   then, as it may wherever else one is made (pressure.c). */

#define CAML_INTERNALS

#include "caml/memory.h"
#include "caml/stacks.h"
#include "ram.h"

value __real_caml_alloc_shr(mlsize_t wosize, tag_t tag);

#define caml_alloc_shr __real_caml_alloc_shr

/* Where a call is checked for its stack: memory is searched before there is none for it. The function called is in env, too. */
#define caml_realloc_stack(words)  \
  if (stack_is_short(words)) {     \
    accu = env;                    \
    Setup_for_event;               \
    stack_search();                \
    Restore_after_event;           \
  }                                \
  Caml_state->extern_sp = sp;      \
  caml_realloc_stack(words)
#include "upstream/interp.c"
