/* SPDX-License-Identifier: Apache-2.0 */
/* Comparison of OCaml's runtime, whose stack for deep values is in the C heap: where it cannot grow the comparison begins again
   behind a collection. */

#define CAML_INTERNALS

#include "caml/fail.h"
#include "caml/mlvalues.h"
#include "retry.h"

#define COMPARISON(primitive)                                              \
  static value primitive##_once(value a, value b);                         \
  value primitive(value a, value b) {                                      \
    return retry((retry_function)primitive##_once, a, b, Val_unit, Val_unit, Val_unit); \
  }

COMPARISON(caml_compare)
COMPARISON(caml_equal)
COMPARISON(caml_notequal)
COMPARISON(caml_lessthan)
COMPARISON(caml_lessequal)
COMPARISON(caml_greaterthan)
COMPARISON(caml_greaterequal)

#define caml_raise_out_of_memory retry_out_of_memory
#define caml_compare caml_compare_once
#define caml_equal caml_equal_once
#define caml_notequal caml_notequal_once
#define caml_lessthan caml_lessthan_once
#define caml_lessequal caml_lessequal_once
#define caml_greaterthan caml_greaterthan_once
#define caml_greaterequal caml_greaterequal_once
#include "upstream/compare.c"
