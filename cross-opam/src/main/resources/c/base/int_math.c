/* SPDX-License-Identifier: Apache-2.0 */
/* Powers and bits of Base's integers of all kinds. */

#include <stdint.h>

#include <caml/alloc.h>
#include <caml/mlvalues.h>

static uint64_t power(uint64_t base, uint64_t exponent) {
  uint64_t result = 1;
  for (; exponent != 0; exponent >>= 1, base *= base) {
    if (exponent & 1) result *= base;
  }
  return result;
}

value Base_int_math_int_pow_stub(value base, value exponent) {
  return Val_long((intnat)power((uint64_t)Long_val(base), (uint64_t)Long_val(exponent)));
}

value Base_int_math_int64_pow_stub(value base, value exponent) {
  return caml_copy_int64((int64_t)power((uint64_t)Int64_val(base), (uint64_t)Int64_val(exponent)));
}

/* The tag is a one more. */
value Base_int_math_int_popcount(value v) {
  return Val_int(__builtin_popcountll((uint64_t)(uintnat)v) - 1);
}

static int leading_zeros(uint64_t x, int bits) {
  return x == 0 ? bits : __builtin_clzll(x) - (64 - bits);
}

static int trailing_zeros(uint64_t x, int bits) { return x == 0 ? bits : __builtin_ctzll(x); }

enum { NATIVE_BITS = 8 * sizeof(value) };

/* The tag is below the number, so that its word has as many zeros before it; it ends those of zero. */
value Base_int_math_int_clz(value v) { return Val_int(leading_zeros((uintnat)v, NATIVE_BITS)); }

value Base_int_math_int_ctz(value v) {
  return Val_int(trailing_zeros((uintnat)Long_val(v), NATIVE_BITS));
}

value Base_int_math_int32_clz(value v) { return Val_int(leading_zeros((uint32_t)Int32_val(v), 32)); }

value Base_int_math_int32_ctz(value v) { return Val_int(trailing_zeros((uint32_t)Int32_val(v), 32)); }

value Base_int_math_int64_clz(value v) { return Val_int(leading_zeros((uint64_t)Int64_val(v), 64)); }

value Base_int_math_int64_ctz(value v) { return Val_int(trailing_zeros((uint64_t)Int64_val(v), 64)); }

value Base_int_math_nativeint_clz(value v) {
  return Val_int(leading_zeros((uintnat)Nativeint_val(v), NATIVE_BITS));
}

value Base_int_math_nativeint_ctz(value v) {
  return Val_int(trailing_zeros((uintnat)Nativeint_val(v), NATIVE_BITS));
}
