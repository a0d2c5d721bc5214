/* SPDX-License-Identifier: Apache-2.0 */

#include "extended.h"

#include <math.h>

#define TOP ((uint64_t)1 << 63)
#define HIDDEN ((uint64_t)1 << 52)
#define ZERO_EXPONENT -10000 /* below all others, so that 0 is a small number */
#define BELOW 11 /* bits of a significand beyond a double's */

/* The next 32 bits of a quotient: n * 2^32 / divisor, where n < divisor; n becomes the rest (Knuth 4.3.1, D). */
static uint32_t quotient_word(uint64_t *n, uint64_t divisor) {
  uint32_t v1 = (uint32_t)(divisor >> 32), v0 = (uint32_t)divisor;
  uint32_t high = (uint32_t)(*n >> 32), low = (uint32_t)*n, word, r;
  bool corrected = false;
  if (high < v1) {
    word = divide_64_by_32(high, low, v1, &r);
  } else {
    word = UINT32_MAX;
    r = low + v1;
    corrected = r < v1;
  }
  uint64_t taken = mul32(word, v0);
  while (!corrected && taken > (uint64_t)r << 32) {
    word--;
    taken -= v0;
    r += v1;
    corrected = r < v1;
  }
  *n = ((uint64_t)r << 32) - taken;
  return word;
}

uint64_t wide_quotient(uint64_t high, uint64_t divisor, uint64_t *rest) {
  uint64_t word = quotient_word(&high, divisor);
  word = word << 32 | quotient_word(&high, divisor);
  *rest = high;
  return word;
}

static int leading_zeros(uint64_t x) {
  uint32_t high = (uint32_t)(x >> 32);
  return high ? __builtin_clz(high) : 32 + __builtin_clz((uint32_t)x);
}

struct extended ext_of_fixed(uint64_t magnitude, int exponent) {
  if (magnitude == 0) return (struct extended){0, ZERO_EXPONENT, false};
  int shift = leading_zeros(magnitude);
  return (struct extended){magnitude << shift, exponent - shift, false};
}

struct extended ext_of_int(int n) {
  struct extended a = ext_of_fixed(n < 0 ? -(uint64_t)n : (uint64_t)n, 63);
  a.negative = n < 0;
  return a;
}

struct extended ext_of_double(double x) {
  uint64_t bits = bits_of(x), fraction = bits & (HIDDEN - 1);
  int exponent = (int)(bits >> 52) & 0x7FF;
  struct extended a = exponent == 0 ? ext_of_fixed(fraction, 63 - 1074)
                                    : ext_of_fixed((fraction | HIDDEN) << BELOW, exponent - 1023);
  a.negative = bits >> 63;
  return a;
}

double ext_to_double(struct extended a) {
  uint64_t sign = a.negative ? SIGN_BIT : 0;
  int drop = a.exponent >= -1022 ? BELOW : BELOW - 1022 - a.exponent;
  if (a.significand == 0 || drop > 64) return of_bits(sign);
  if (a.exponent > 1023) return of_bits(sign | INFINITY_BITS);
  uint64_t kept = drop == 64 ? 0 : a.significand >> drop;
  uint64_t rest = a.significand << (64 - drop);
  if (rest > TOP || (rest == TOP && (kept & 1))) kept++;
  /* The hidden bit counts the exponent up by one, and so does a carry out of the significand. */
  if (drop == BELOW) kept += (uint64_t)(a.exponent + 1022) << 52;
  return of_bits(sign | kept);
}

struct extended ext_add(struct extended a, struct extended b) {
  if (b.significand == 0) return a;
  if (a.significand == 0) return b;
  if (a.exponent < b.exponent) {
    struct extended swapped = a;
    a = b;
    b = swapped;
  }
  int shift = a.exponent - b.exponent;
  if (shift > 63) return a;
  b.significand >>= shift;
  if (a.negative == b.negative) {
    a.significand += b.significand;
    if (a.significand < b.significand) {
      a.significand = a.significand >> 1 | TOP;
      a.exponent++;
    }
    return a;
  }
  if (a.significand < b.significand) {
    a.significand = b.significand - a.significand;
    a.negative = b.negative;
  } else {
    a.significand -= b.significand;
  }
  struct extended sum = ext_of_fixed(a.significand, a.exponent);
  sum.negative = a.negative;
  return sum;
}

struct extended ext_subtract(struct extended a, struct extended b) { return ext_add(a, ext_negate(b)); }

struct extended ext_multiply(struct extended a, struct extended b) {
  uint64_t low, high = mul64(a.significand, b.significand, &low);
  a.exponent += b.exponent + 1;
  a.negative ^= b.negative;
  if (!(high & TOP)) {
    high = high << 1 | low >> 63;
    a.exponent--;
  }
  a.significand = high;
  return a;
}

struct extended ext_divide(struct extended a, struct extended b) {
  uint64_t rest, high = a.significand;
  a.exponent -= b.exponent;
  a.negative ^= b.negative;
  if (high < b.significand) {
    a.exponent--;
  } else {
    high >>= 1; /* a bit of the truncated significand gets lost only where 64 of a quotient are kept */
  }
  uint64_t quotient = wide_quotient(high, b.significand, &rest);
  struct extended result = ext_of_fixed(quotient, a.exponent);
  result.negative = a.negative;
  return result;
}

/* A double's root, corrected by what is left divided by twice the root (Heron). */
struct extended ext_root(struct extended a) {
  if (a.significand == 0) return a;
  int half = a.exponent >> 1;
  a.exponent &= 1;
  double first = sqrt(ext_to_double(a));
  struct extended root = ext_of_double(first);
  struct extended left = ext_subtract(a, ext_multiply(root, root));
  double correction = ext_to_double(left) / (first + first);
  return ext_scale(ext_add(root, ext_of_double(correction)), half);
}

uint64_t ext_fraction(struct extended a) {
  int shift = -1 - a.exponent;
  return shift > 63 ? 0 : a.significand >> shift;
}

uint64_t ext_square(struct extended a) {
  int shift = -2 - 2 * a.exponent;
  return shift > 63 ? 0 : product(a.significand, a.significand) >> shift;
}
