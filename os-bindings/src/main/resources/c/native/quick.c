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

#define UNKNOWN 2
#define DEEP 3

/* Blocks within blocks that are looked at, but for those in last fields. */
#define DEPTH 4

static inline int order_of(intnat a, intnat b) { return (a > b) - (a < b); }

/* Word by word; the last one holds the number of bytes that are not used. */
static int order_of_strings(value a, value b) {
  mlsize_t wa = Wosize_val(a), wb = Wosize_val(b), least = wa < wb ? wa : wb, i = 0;
  while (i < least && Field(a, i) == Field(b, i)) i++;
  if (i == least) return order_of(wa, wb);
  mlsize_t la = Bsize_wsize(wa) - 1, lb = Bsize_wsize(wb) - 1;
  la -= Byte_u(a, la);
  lb -= Byte_u(b, lb);
  mlsize_t length = la < lb ? la : lb;
  for (i *= sizeof(value); i < length; i++) {
    if (Byte_u(a, i) != Byte_u(b, i)) return order_of(Byte_u(a, i), Byte_u(b, i));
  }
  return order_of(la, lb);
}

static __attribute__((noinline)) int order_of_doubles(double a, double b) {
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

/* In a total order a value is the same as itself, whatever is in it. */
static inline int shallow(value a, value b, int total) {
  if (a == b && total) return 0;
  if (Is_long(a)) {
    if (Is_long(b)) return order_of(a, b);
    return Is_in_value_area(b) && (Tag_val(b) < Lazy_tag || Tag_val(b) == String_tag) ? -1 : UNKNOWN;
  }
  if (!Is_in_value_area(a)) return UNKNOWN;
  tag_t tag = Tag_val(a);
  if (Is_long(b)) return tag < Lazy_tag || tag == String_tag ? 1 : UNKNOWN;
  if (!Is_in_value_area(b)) return UNKNOWN;
  if (tag != Tag_val(b)) {
    return tag < Lazy_tag && Tag_val(b) < Lazy_tag ? order_of(tag, Tag_val(b)) : UNKNOWN;
  }
  if (tag < Lazy_tag) {
    mlsize_t size = Wosize_val(a);
    if (size != Wosize_val(b)) return order_of(size, Wosize_val(b));
    return size == 0 ? 0 : DEEP;
  }
  if (tag == String_tag) return order_of_strings(a, b);
  if (tag == Double_tag) return order_of_doubles(Double_val(a), Double_val(b));
  return tag == Custom_tag ? order_of_customs(a, b) : UNKNOWN;
}

/* compare.c's order of blocks of the same tag and size, made of integers, numbers, strings, and such blocks. */
static int deep(value a, value b, int depth, int total) {
  for (;;) {
    mlsize_t last = Wosize_val(a) - 1;
    for (mlsize_t i = 0; i < last; i++) {
      value x = Field(a, i), y = Field(b, i);
      if (x == y && Is_long(x)) continue;
      int order = shallow(x, y, total);
      if (order == DEEP) order = depth == 0 ? UNKNOWN : deep(x, y, depth - 1, total);
      if (order != 0) return order;
    }
    a = Field(a, last);
    b = Field(b, last);
    int order = shallow(a, b, total);
    if (order != DEEP) return order;
  }
}

static __attribute__((noinline)) int order_of_values(value a, value b) {
  int order = shallow(a, b, 0);
  return order == DEEP ? deep(a, b, DEPTH, 0) : order;
}

#define RELATION(name, holds)                          \
  value caml_native_quick_##name(value a, value b) {   \
    int o = order_of_values(a, b);                     \
    return o == UNKNOWN ? 0 : Val_bool(holds);         \
  }

RELATION(equal, o == 0)
RELATION(notequal, o != 0)
RELATION(lessthan, o < 0)
RELATION(lessequal, o <= 0)
RELATION(greaterthan, o > 0)
RELATION(greaterequal, o >= 0)

value caml_native_quick_compare(value a, value b) {
  int o = shallow(a, b, 1);
  if (o == DEEP) o = deep(a, b, DEPTH, 1);
  return o == UNKNOWN ? 0 : Val_int(o);
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
