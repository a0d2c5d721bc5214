/* SPDX-License-Identifier: Apache-2.0 */
#include "value.h"

#include <string.h>

#define CAML_INTERNALS
#include <caml/alloc.h>
#include <caml/callback.h>
#include <caml/custom.h>
#include <caml/fail.h>
#include <caml/hash.h>
#include <caml/intext.h>
#include <caml/memory.h>

static const uint32_t SIGN = (uint32_t)1 << 31;

struct number z_of_value(value v) {
  if (Is_long(v)) {
    intnat x = Long_val(v);
    struct number a = z_of_limb((limb)(x < 0 ? -x : x));
    a.negative = x < 0;
    return a;
  }
  limb *block = Data_custom_val(v);
  return (struct number){block + 1, (int)(block[0] & ~SIGN), (block[0] & SIGN) != 0};
}

int z_sign(struct number a) { return a.size == 0 ? 0 : a.negative ? -1 : 1; }

static int compare_values(value v, value w) {
  int mark = z_mark();
  int result = z_compare(z_of_value(v), z_of_value(w));
  z_release_to(mark);
  return result;
}

/* The same on machines of 64 bits, whose limbs are twice as long. */
static intnat hash(value v) {
  int mark = z_mark();
  struct number a = z_of_value(v);
  uint32_t h = 0;
  for (int i = 0; i < a.size; i++) h = caml_hash_mix_uint32(h, a.at[i]);
  if (a.size % 2 != 0) h = caml_hash_mix_uint32(h, 0);
  z_release_to(mark);
  return (intnat)(h + (uint32_t)a.negative);
}

/* A byte for the sign, the number of bytes that follow, the bytes, the lowest first. */
static void serialize(value v, uintnat *size_32, uintnat *size_64) {
  struct number a = z_of_value(v);
  uintnat length = (uintnat)a.size * sizeof(limb);
  caml_serialize_int_1(a.negative);
  caml_serialize_int_4((int32_t)length);
  for (int i = 0; i < a.size; i++) {
    for (int shift = 0; shift < LIMB_BITS; shift += 8) caml_serialize_int_1((int)(a.at[i] >> shift));
  }
  *size_32 = 4 * (1 + (length + 3) / 4);
  *size_64 = 8 * (1 + (length + 7) / 8);
}

static uintnat deserialize(void *block) {
  limb *at = block;
  int negative = caml_deserialize_uint_1();
  uint32_t length = caml_deserialize_uint_4();
  uint32_t size = (length + 3) / 4;
  memset(at + 1, 0, size * sizeof(limb));
  for (uint32_t i = 0; i < length; i++) {
    at[1 + i / 4] |= (limb)(uint8_t)caml_deserialize_uint_1() << (i % 4 * 8);
  }
  at[0] = (uint32_t)limbs_trimmed(at + 1, (int)size) | (negative ? SIGN : 0);
  return (size + 1) * sizeof(limb);
}

static struct custom_operations operations = {
    "_z",      custom_finalize_default, compare_values, hash,
    serialize, deserialize,             compare_values, custom_fixed_length_default};

value ml_z_init(value unit) {
  caml_register_custom_operations(&operations);
  return unit;
}

static int fits_int(struct number a) {
  return a.size == 0 || (a.size == 1 && a.at[0] <= (limb)Max_long + a.negative);
}

value z_to_value(struct number a) {
  if (fits_int(a)) {
    intnat x = a.size == 0 ? 0 : (intnat)a.at[0];
    return Val_long(a.negative ? -x : x);
  }
  value v = caml_alloc_custom(&operations, (uintnat)(a.size + 1) * sizeof(limb), 0, 1);
  limb *block = Data_custom_val(v);
  block[0] = (uint32_t)a.size | (a.negative ? SIGN : 0);
  memcpy(block + 1, a.at, (size_t)a.size * sizeof(limb));
  return v;
}

value z_result(struct number a) {
  value v = z_to_value(a);
  z_release();
  return v;
}

value z_results(struct number a, struct number b) {
  CAMLparam0();
  CAMLlocal2(first, second);
  first = z_to_value(a);
  second = z_to_value(b);
  value pair = caml_alloc_small(2, 0);
  Field(pair, 0) = first;
  Field(pair, 1) = second;
  z_release();
  CAMLreturn(pair);
}

void z_raise_overflow(void) {
  z_release();
  caml_raise_constant(*caml_named_value("ml_z_overflow"));
}

void z_raise_divide_by_zero(void) {
  z_release();
  caml_raise_zero_divide();
}

void z_invalid_argument(const char *message) {
  z_release();
  caml_invalid_argument(message);
}

value ml_z_compare(value v, value w) { return Val_int(compare_values(v, w)); }

value ml_z_equal(value v, value w) { return Val_bool(compare_values(v, w) == 0); }

value ml_z_hash(value v) { return Val_long(hash(v)); }

value ml_z_sign(value v) {
  int sign = z_sign(z_of_value(v));
  z_release();
  return Val_int(sign);
}

value ml_z_size(value v) { return Val_long(Is_long(v) ? 1 : z_of_value(v).size); }

value ml_z_fits_int(value v) {
  int fits = fits_int(z_of_value(v));
  z_release();
  return Val_bool(fits);
}
