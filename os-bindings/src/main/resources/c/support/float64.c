/* SPDX-License-Identifier: Apache-2.0 */
/* IEEE 754 binary64 arithmetic, rounding to nearest, ties to even.
 *
 * Inside, a number is sign, exponent and a 64-bit significand:
 *     significand / 2^62 * 2^(exponent - 1023)
 * so that a normal one's leading bit is bit 62 and ten bits stand below the last bit that is kept.
 * Bit 0 is "sticky": it stands for any bits shifted out below. */

#include <stdbool.h>

#include "lx6.h"
#include "names.h"

#define SIGN 0x8000000000000000u
#define INFINITY_BITS 0x7FF0000000000000u
#define QUIET 0x0008000000000000u
#define FRACTION 0x000FFFFFFFFFFFFFu
#define HIDDEN 0x0010000000000000u
#define LEADING ((uint64_t)1 << 62)
#define EXPONENT_MAX 0x7FF
#define EXTRA 10

static inline int exponent(df a) { return (int)(a >> 52) & EXPONENT_MAX; }
static inline bool is_nan(df a) { return (a & ~SIGN) > INFINITY_BITS; }

/* The operand that is not a number, made quiet; the first one if both are. */
static df propagate(df a, df b) { return (is_nan(a) ? a : b) | QUIET; }

static inline int leading_zeros(uint64_t x) {
  uint32_t high = (uint32_t)(x >> 32);
  return high ? __builtin_clz(high) : 32 + __builtin_clz((uint32_t)x);
}

static inline uint64_t shift_right_sticky(uint64_t x, int count) {
  if (count == 0) return x;
  if (count >= 64) return x != 0;
  return x >> count | (x << (64 - count) != 0);
}

static df pack(df sign, int exp, uint64_t significand) {
  if (exp >= EXPONENT_MAX) return sign | INFINITY_BITS;
  if (exp <= 0) {
    significand = shift_right_sticky(significand, 1 - exp);
    exp = 1;
  }
  uint32_t below = (uint32_t)significand & 0x3FF;
  significand = (significand + 0x200) >> EXTRA;
  if (below == 0x200) significand &= ~(uint64_t)1;
  /* Adding, not joining: the hidden bit counts the exponent up by one, and so does a carry out of
     the fraction. Without hidden bit the exponent field stays 0: a subnormal number. */
  return sign | (((uint64_t)(exp - 1) << 52) + significand);
}

/* A finite number's significand with its leading bit at 52, and its exponent; not for zero. */
static inline uint64_t normalized(df a, int *exp) {
  uint64_t fraction = a & FRACTION;
  *exp = exponent(a);
  if (*exp != 0) return fraction | HIDDEN;
  int shift = leading_zeros(fraction) - 11;
  *exp = 1 - shift;
  return fraction << shift;
}

static inline uint64_t significand_of(df a, int *exp) {
  *exp = exponent(a);
  if (*exp != 0) return (a & FRACTION) | HIDDEN;
  *exp = 1;
  return a & FRACTION;
}

/* |a| >= |b|; the result has a's sign. */
static df add_magnitudes(df a, df b) {
  int ea, eb;
  uint64_t x = significand_of(a, &ea) << (EXTRA - 1), y = significand_of(b, &eb) << (EXTRA - 1);
  uint64_t sum = x + shift_right_sticky(y, ea - eb);
  if (sum >= LEADING) return pack(a & SIGN, ea + 1, sum);
  return pack(a & SIGN, ea, sum << 1);
}

static df subtract_magnitudes(df a, df b) {
  int ea, eb;
  uint64_t x = significand_of(a, &ea) << EXTRA, y = significand_of(b, &eb) << EXTRA;
  uint64_t difference = x - shift_right_sticky(y, ea - eb);
  if (difference == 0) return 0;
  int shift = leading_zeros(difference) - 1;
  return pack(a & SIGN, ea - shift, difference << shift);
}

df __adddf3(df a, df b) {
  if ((a & ~SIGN) < (b & ~SIGN)) {
    df swap = a;
    a = b;
    b = swap;
  }
  /* Now a's exponent is not the smaller one. */
  if (exponent(a) == EXPONENT_MAX) {
    if (is_nan(a)) return propagate(a, b);
    /* Infinities of opposite signs have no sum. */
    return exponent(b) == EXPONENT_MAX && a != b ? INFINITY_BITS | QUIET : a;
  }
  if (((a ^ b) & SIGN) == 0) return add_magnitudes(a, b);
  return subtract_magnitudes(a, b);
}

df __subdf3(df a, df b) { return is_nan(b) ? propagate(a, b) : __adddf3(a, b ^ SIGN); }

df __muldf3(df a, df b) {
  df sign = (a ^ b) & SIGN;
  int ea, eb;
  if (exponent(a) == EXPONENT_MAX || exponent(b) == EXPONENT_MAX) {
    if (is_nan(a) || is_nan(b)) return propagate(a, b);
    if ((a & ~SIGN) == 0 || (b & ~SIGN) == 0) return INFINITY_BITS | QUIET;
    return sign | INFINITY_BITS;
  }
  if ((a & ~SIGN) == 0 || (b & ~SIGN) == 0) return sign;
  uint64_t x = normalized(a, &ea) << EXTRA, y = normalized(b, &eb) << (EXTRA + 1);
  /* The upper 64 bits of the product of 128, leading bit at 61 or 62. */
  uint32_t x1 = (uint32_t)(x >> 32), x0 = (uint32_t)x, y1 = (uint32_t)(y >> 32), y0 = (uint32_t)y;
  uint64_t low = mul32(x0, y0), cross = mul32(x0, y1), other = mul32(x1, y0);
  uint64_t middle = (low >> 32) + (uint32_t)cross + (uint32_t)other;
  uint64_t high = mul32(x1, y1) + (cross >> 32) + (other >> 32) + (middle >> 32);
  high |= ((uint32_t)low | (uint32_t)middle) != 0;
  if (high >= LEADING) return pack(sign, ea + eb - 1022, high);
  return pack(sign, ea + eb - 1023, high << 1);
}

/* Two digits of 32 bits of the quotient of x * 2^64 by y, for x < y and y >= 2^63. */
static uint64_t divide_significands(uint64_t x, uint64_t y) {
  uint32_t y1 = (uint32_t)(y >> 32), y0 = (uint32_t)y;
  uint64_t quotient = 0;
  for (int i = 0; i < 2; i++) {
    uint32_t high = (uint32_t)(x >> 32), digit, rest;
    uint64_t r;
    if (high >= y1) {
      digit = UINT32_MAX;
      r = x - mul32(digit, y1);
    } else {
      digit = divide_64_by_32(high, (uint32_t)x, y1, &rest);
      r = rest;
    }
    uint64_t part = mul32(digit, y0);
    while (r >> 32 == 0 && part > r << 32) {
      digit--;
      r += y1;
      part -= y0;
    }
    x = (r << 32) - part;
    quotient = quotient << 32 | digit;
  }
  return quotient | (x != 0);
}

df __divdf3(df a, df b) {
  df sign = (a ^ b) & SIGN;
  int ea, eb;
  if (is_nan(a) || is_nan(b)) return propagate(a, b);
  if (exponent(a) == EXPONENT_MAX) {
    return exponent(b) == EXPONENT_MAX ? INFINITY_BITS | QUIET : sign | INFINITY_BITS;
  }
  if (exponent(b) == EXPONENT_MAX) return sign;
  if ((b & ~SIGN) == 0) return (a & ~SIGN) == 0 ? INFINITY_BITS | QUIET : sign | INFINITY_BITS;
  if ((a & ~SIGN) == 0) return sign;
  uint64_t x = normalized(a, &ea) << EXTRA, y = normalized(b, &eb) << (EXTRA + 1);
  uint64_t quotient = shift_right_sticky(divide_significands(x, y), 1);
  if (quotient >= LEADING) return pack(sign, ea - eb + 1023, quotient);
  return pack(sign, ea - eb + 1022, quotient << 1);
}

df __negdf2(df a) { return a ^ SIGN; }

/* ---- Comparison ---- */

/* -1, 0, 1; for numbers only. Magnitudes compare as integers do. */
static int compare(df a, df b) {
  if (((a | b) & ~SIGN) == 0 || a == b) return 0;
  if ((a ^ b) & SIGN) return a & SIGN ? -1 : 1;
  return (a < b) != ((a & SIGN) != 0) ? -1 : 1;
}

int __unorddf2(df a, df b) { return is_nan(a) || is_nan(b); }
int __eqdf2(df a, df b) { return __unorddf2(a, b) ? 1 : compare(a, b); }
int __nedf2(df a, df b) { return __eqdf2(a, b); }
int __ltdf2(df a, df b) { return __unorddf2(a, b) ? 1 : compare(a, b); }
int __ledf2(df a, df b) { return __ltdf2(a, b); }
int __gtdf2(df a, df b) { return __unorddf2(a, b) ? -1 : compare(a, b); }
int __gedf2(df a, df b) { return __gtdf2(a, b); }

/* ---- Integers ---- */

/* The magnitude without its fraction; limit if it is not below it. */
static uint64_t truncated(df a, uint64_t limit) {
  int exp = exponent(a) - 1023;
  if (exp < 0) return 0;
  if (exp > 63) return limit;
  uint64_t significand = ((a & FRACTION) | HIDDEN) << 11;
  uint64_t magnitude = significand >> (63 - exp);
  return magnitude < limit ? magnitude : limit;
}

int32_t __fixdfsi(df a) {
  if (is_nan(a)) return INT32_MIN;
  if (a & SIGN) return (int32_t)-(uint32_t)truncated(a, (uint64_t)1 << 31);
  return (int32_t)truncated(a, INT32_MAX);
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
  if (magnitude >> 63) return pack(sign, 1023 + 63, shift_right_sticky(magnitude, 1));
  int shift = leading_zeros(magnitude) - 1;
  return pack(sign, 1023 + 62 - shift, magnitude << shift);
}

df __floatundidf(uint64_t a) { return from_magnitude(0, a); }
df __floatunsidf(uint32_t a) { return from_magnitude(0, a); }

df __floatdidf(int64_t a) {
  return a < 0 ? from_magnitude(SIGN, -(uint64_t)a) : from_magnitude(0, (uint64_t)a);
}

df __floatsidf(int32_t a) { return __floatdidf(a); }
