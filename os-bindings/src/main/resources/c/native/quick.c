/* SPDX-License-Identifier: Apache-2.0 */
/* The short ways of primitives (quick.S), as far as they are in C: the usual cases, without what the run-time system's
   functions set up for all others. */

#define CAML_INTERNALS

#include <string.h>

#include "caml/address_class.h"
#include "caml/alloc.h"
#include "caml/custom.h"
#include "caml/hash.h"
#include "caml/mlvalues.h"

/* ---- Comparison ---- */

/* No answer of a comparison. */
#define UNKNOWN 2

static inline int order_of(intnat a, intnat b) { return (a > b) - (a < b); }

static int order_of_doubles(double a, double b) {
  if (a < b) return -1;
  if (a > b) return 1;
  return a == b ? 0 : UNKNOWN;
}

static int order_of_customs(value a, value b) {
  struct custom_operations *operations = Custom_ops_val(a);
  if (operations != Custom_ops_val(b)) return UNKNOWN;
  if (operations == &caml_int64_ops) {
    int64_t x = Int64_val(a), y = Int64_val(b);
    return (x > y) - (x < y);
  }
  if (operations == &caml_int32_ops || operations == &caml_nativeint_ops) {
    return order_of(Nativeint_val(a), Nativeint_val(b));
  }
  return UNKNOWN;
}

/* Of two blocks of one tag, what caml_native_order (quick.S) does not compare. */
int caml_native_order_numbers(value a, value b) {
  switch (Tag_val(a)) {
    case Double_tag:
      return order_of_doubles(Double_val(a), Double_val(b));
    case Custom_tag:
      return order_of_customs(a, b);
    default:
      return UNKNOWN;
  }
}

/* ---- Hashing ---- */

value caml_native_hash(value count, value limit, value seed, value v) {
  uint32_t h = Int_val(seed);
  if (Long_val(limit) == 0 || Long_val(count) <= 0) return caml_hash(count, limit, seed, v);
  if (Is_long(v)) {
    h = caml_hash_mix_intnat(h, v);
  } else if (Is_in_value_area(v) && Tag_val(v) == String_tag) {
    h = caml_hash_mix_string(h, v);
  } else {
    return caml_hash(count, limit, seed, v);
  }
  h ^= h >> 16;
  h *= 0x85EBCA6B;
  h ^= h >> 13;
  h *= 0xC2B2AE35;
  h ^= h >> 16;
  return Val_int(h & 0x3FFFFFFF);
}
