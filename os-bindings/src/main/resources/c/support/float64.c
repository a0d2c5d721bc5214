/* SPDX-License-Identifier: Apache-2.0 */
/* IEEE 754 binary64: what float64.S leaves to C. */

#include <stdbool.h>

#include "names.h"

#define SIGN 0x8000000000000000u
#define INFINITY_BITS 0x7FF0000000000000u
#define FRACTION 0x000FFFFFFFFFFFFFu
#define HIDDEN 0x0010000000000000u

static inline bool is_nan(df a) { return (a & ~SIGN) > INFINITY_BITS; }

int __unorddf2(df a, df b) { return is_nan(a) || is_nan(b); }

/* The magnitude without its fraction; limit if it is not below it. */
static uint64_t truncated(df a, uint64_t limit) {
  int exp = ((int)(a >> 52) & 0x7FF) - 1023;
  if (exp < 0) return 0;
  if (exp > 63) return limit;
  uint64_t significand = ((a & FRACTION) | HIDDEN) << 11;
  uint64_t magnitude = significand >> (63 - exp);
  return magnitude < limit ? magnitude : limit;
}

uint32_t __fixunsdfsi(df a) {
  return is_nan(a) || a & SIGN ? 0 : (uint32_t)truncated(a, UINT32_MAX);
}

int64_t __fixdfdi(df a) {
  if (is_nan(a)) return INT64_MIN;
  if (a & SIGN) return (int64_t)-truncated(a, (uint64_t)1 << 63);
  return (int64_t)truncated(a, INT64_MAX);
}

uint64_t __fixunsdfdi(df a) { return is_nan(a) || a & SIGN ? 0 : truncated(a, UINT64_MAX); }

static df from_magnitude(df sign, uint64_t magnitude) {
  if (magnitude == 0) return 0;
  uint32_t high = (uint32_t)(magnitude >> 32);
  int shift = high ? __builtin_clz(high) : 32 + __builtin_clz((uint32_t)magnitude);
  magnitude <<= shift;
  uint32_t below = (uint32_t)magnitude & 0x7FF;
  df result = ((df)(1023 + 62 - shift) << 52) + (magnitude >> 11);
  if (below > 0x400 || (below == 0x400 && (result & 1))) result++;
  return sign | result;
}

df __floatundidf(uint64_t a) { return from_magnitude(0, a); }

df __floatdidf(int64_t a) {
  return a < 0 ? from_magnitude(SIGN, -(uint64_t)a) : from_magnitude(0, (uint64_t)a);
}

/* What is no number is the larger one. In place of the C library's, which is three times as long. */
double fmin(double a, double b) { return a < b || b != b ? a : b; }
