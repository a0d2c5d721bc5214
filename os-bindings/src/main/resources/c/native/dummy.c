/* SPDX-License-Identifier: Apache-2.0 */
/* Recursive values (let rec of closures together with blocks): the program asks for dummies first, and overwrites them when the
   values are made. It knows how long a closure is in bytecode; in compiled code a closure of several arguments
   has one more word, sets of closures lie otherwise, and a closure that captures nothing is taken out of its set. */

#define CAML_INTERNALS

#include "caml/alloc.h"
#include "caml/memory.h"
#include "caml/mlvalues.h"

/* Written by the compiler: goes on to the closure in word FORWARDED. */
extern char caml_native_forward[];

enum { FORWARDED = 2 };

/* alloc.c's own. */
extern value caml_update_dummy_anyway(value dummy, value newval);

/* A closure of one function, whose captured variables may have become fewer, but not more. */
value caml_alloc_dummy_function(value size, value arity) {
  return caml_alloc_dummy(Val_long(Long_val(size) + (Long_val(arity) > 1)));
}

/* A closure of a set, which becomes a closure that forwards to the real one. */
value caml_alloc_dummy_infix(value size, value offset) {
  value dummy = caml_alloc_small(FORWARDED + 1, Closure_tag);
  Code_val(dummy) = (code_t)caml_native_forward;
  Closinfo_val(dummy) = Make_closinfo(1, FORWARDED);
  Field(dummy, FORWARDED) = Val_unit;
  return dummy;
}

/* Of all dummies, those that forward alone are closures already. */
value caml_update_dummy(value dummy, value newval) {
  if (Tag_val(dummy) != Closure_tag) return caml_update_dummy_anyway(dummy, newval);
  caml_modify(&Field(dummy, FORWARDED), newval);
  return Val_unit;
}
