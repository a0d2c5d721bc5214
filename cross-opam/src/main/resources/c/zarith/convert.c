/* SPDX-License-Identifier: Apache-2.0 */
/* To and from OCaml's other numbers, and strings of bits. */

#include <string.h>

#define CAML_INTERNALS
#include <caml/alloc.h>

#include "value.h"

/* The 64 bits of a number that has no more; *fits says whether the signed number has no more than `width` bits. */
static int64_t to_bits64(struct number a, int width, int *fits) {
  uint64_t x = a.size > 0 ? a.at[0] : 0;
  if (a.size > 1) x |= (uint64_t)a.at[1] << 32;
  uint64_t limit = (uint64_t)1 << (width - 1);
  *fits = a.size <= 2 && (a.negative ? x <= limit : x < limit);
  return (int64_t)(a.negative ? 0 - x : x);
}

static int64_t to_integer(value v, int width) {
  int fits;
  int64_t x = to_bits64(z_of_value(v), width, &fits);
  if (!fits) z_raise_overflow();
  z_release();
  return x;
}

static value fits(value v, int width) {
  int result;
  to_bits64(z_of_value(v), width, &result);
  z_release();
  return Val_bool(result);
}

static value of_integer(int64_t x) {
  uint64_t magnitude = x < 0 ? 0 - (uint64_t)x : (uint64_t)x;
  limb limbs[2] = {(limb)magnitude, (limb)(magnitude >> 32)};
  return z_result(z_make(limbs, 2, x < 0));
}

value ml_z_of_int(value v) { return v; }
value ml_z_of_int32(value v) { return of_integer(Int32_val(v)); }
value ml_z_of_int64(value v) { return of_integer(Int64_val(v)); }
value ml_z_of_nativeint(value v) { return of_integer(Nativeint_val(v)); }

value ml_z_to_int(value v) { return Val_long((intnat)to_integer(v, 8 * sizeof(value) - 1)); }
value ml_z_to_int32(value v) { return caml_copy_int32((int32_t)to_integer(v, 32)); }
value ml_z_to_int64(value v) { return caml_copy_int64(to_integer(v, 64)); }
value ml_z_to_nativeint(value v) {
  return caml_copy_nativeint((intnat)to_integer(v, 8 * sizeof(value)));
}

value ml_z_fits_int32(value v) { return fits(v, 32); }
value ml_z_fits_int64(value v) { return fits(v, 64); }
value ml_z_fits_nativeint(value v) { return fits(v, 8 * sizeof(value)); }

/* Towards zero. */
value ml_z_of_float(value v) {
  uint64_t representation;
  double x = Double_val(v);
  memcpy(&representation, &x, sizeof x);
  int exponent = (int)(representation >> 52 & 0x7ff) - 1023;
  if (exponent < 0) return Val_long(0);
  if (exponent == 1024) z_raise_overflow();
  uint64_t mantissa = (representation & 0xfffffffffffff) | (uint64_t)1 << 52;
  limb limbs[2] = {(limb)mantissa, (limb)(mantissa >> 32)};
  struct number a = z_make(limbs, 2, x < 0);
  return z_result(exponent >= 52 ? z_shift_left(a, exponent - 52) : z_shift_right(a, 52 - exponent));
}

value ml_z_to_bits(value v) {
  struct number a = z_copy(z_of_value(v));
  value string = caml_alloc_string((mlsize_t)a.size * sizeof(limb));
  memcpy(Bytes_val(string), a.at, (size_t)a.size * sizeof(limb));
  z_release();
  return string;
}

value ml_z_of_bits(value v) {
  mlsize_t length = caml_string_length(v);
  int size = (int)(length / sizeof(limb)) + 1;
  limb *at = z_take(size);
  at[size - 1] = 0;
  memcpy(at, String_val(v), length);
  return z_result(z_make(at, size, 0));
}
