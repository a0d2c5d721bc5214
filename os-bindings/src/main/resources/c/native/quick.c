/* SPDX-License-Identifier: Apache-2.0 */
/* The short ways of primitives (quick.S): the usual cases, without what the run-time system's functions set up for all
   others. 0, which is no OCaml value, says that a case is not one of these. */

#define CAML_INTERNALS

#include <string.h>

#include "caml/address_class.h"
#include "caml/alloc.h"
#include "caml/bigarray.h"
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

/* ---- Big arrays of one dimension ---- */

/* Where an item is; NULL if it is not there. */
static inline void *item(struct caml_ba_array *array, value index, int size) {
  uintnat i = Long_val(index);
  if ((array->flags & CAML_BA_LAYOUT_MASK) == CAML_BA_FORTRAN_LAYOUT) i--;
  return i < (uintnat)array->dim[0] ? (char *)array->data + i * size : NULL;
}

value caml_native_quick_ba_get_1(value array, value index) {
  struct caml_ba_array *a = Caml_ba_array_val(array);
  void *at;
  switch (a->flags & CAML_BA_KIND_MASK) {
    case CAML_BA_CHAR:
    case CAML_BA_UINT8:
      return (at = item(a, index, 1)) == NULL ? 0 : Val_int(*(unsigned char *)at);
    case CAML_BA_SINT8:
      return (at = item(a, index, 1)) == NULL ? 0 : Val_int(*(signed char *)at);
    case CAML_BA_UINT16:
      return (at = item(a, index, 2)) == NULL ? 0 : Val_int(*(uint16_t *)at);
    case CAML_BA_SINT16:
      return (at = item(a, index, 2)) == NULL ? 0 : Val_int(*(int16_t *)at);
    case CAML_BA_CAML_INT:
      return (at = item(a, index, sizeof(intnat))) == NULL ? 0 : Val_int(*(intnat *)at);
    default:
      return 0;
  }
}

value caml_native_quick_ba_set_1(value array, value index, value v) {
  struct caml_ba_array *a = Caml_ba_array_val(array);
  void *at = NULL;
  switch (a->flags & CAML_BA_KIND_MASK) {
    case CAML_BA_CHAR:
    case CAML_BA_UINT8:
    case CAML_BA_SINT8:
      if ((at = item(a, index, 1)) != NULL) *(unsigned char *)at = Int_val(v);
      break;
    case CAML_BA_UINT16:
    case CAML_BA_SINT16:
      if ((at = item(a, index, 2)) != NULL) *(uint16_t *)at = Int_val(v);
      break;
    case CAML_BA_CAML_INT:
      if ((at = item(a, index, sizeof(intnat))) != NULL) *(intnat *)at = Long_val(v);
      break;
  }
  return at == NULL ? 0 : Val_unit;
}
