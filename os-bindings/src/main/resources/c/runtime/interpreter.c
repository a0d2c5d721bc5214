/* SPDX-License-Identifier: Apache-2.0 */
/* The interpreter of OCaml's runtime. When it makes a long block what it has in its accumulator is no root: no collection may come
   then, as it may wherever else one is made (pressure.c). */

#define CAML_INTERNALS

#include "caml/memory.h"

value __real_caml_alloc_shr(mlsize_t wosize, tag_t tag);

#define caml_alloc_shr __real_caml_alloc_shr
#include "upstream/interp.c"
