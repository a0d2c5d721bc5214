/* SPDX-License-Identifier: Apache-2.0 */
/* Array.concat, in place of the runtime's, which lists the arrays in the C heap, and loses these lists where the result has no
   place. */

#define CAML_INTERNALS

#include <stdbool.h>
#include <string.h>

#include "caml/alloc.h"
#include "caml/fail.h"
#include "caml/memory.h"
#include "caml/mlvalues.h"
#include "caml/signals.h"

#undef caml_array_concat

/* Long blocks are not in the minor heap: what is young in them is told the collector. */
static void fill(value to, value list, bool young) {
  mlsize_t at = 0;
  for (; list != Val_emptylist; list = Field(list, 1)) {
    value array = Field(list, 0);
    mlsize_t words = Wosize_val(array);
    if (young) {
      memcpy(&Field(to, at), &Field(array, 0), Bsize_wsize(words));
    } else {
      for (mlsize_t i = 0; i < words; i++) caml_initialize(&Field(to, at + i), Field(array, i));
    }
    at += words;
  }
}

value caml_array_concat(value list) {
  CAMLparam1(list);
  mlsize_t words = 0;
  bool floats = false;
  for (value rest = list; rest != Val_emptylist; rest = Field(rest, 1)) {
    value array = Field(rest, 0);
    if (Wosize_val(array) > Max_wosize - words) caml_invalid_argument("Array.concat");
    words += Wosize_val(array);
    floats |= Tag_val(array) == Double_array_tag;
  }
  if (words == 0) CAMLreturn(Atom(0));
  value result; /* nothing is allocated while it is no root */
  if (floats) {
    result = caml_alloc(words, Double_array_tag);
    fill(result, list, true);
  } else if (words <= Max_young_wosize) {
    result = caml_alloc_small(words, 0);
    fill(result, list, true);
  } else {
    result = caml_alloc_shr(words, 0);
    fill(result, list, false);
    result = caml_process_pending_actions_with_root(result);
  }
  CAMLreturn(result);
}
