/* SPDX-License-Identifier: Apache-2.0 */
/* 64-bit multiplication and division, under the names by which the compiler calls them. */

#include "lx6.h"
#include "names.h"

uint64_t __umulsidi3(uint32_t a, uint32_t b) { return mul32(a, b); }

int64_t __muldi3(int64_t a, int64_t b) {
  uint32_t a0 = (uint32_t)a, b0 = (uint32_t)b;
  uint32_t a1 = (uint32_t)((uint64_t)a >> 32), b1 = (uint32_t)((uint64_t)b >> 32);
  return (int64_t)(mul32(a0, b0) + ((uint64_t)(a0 * b1 + a1 * b0) << 32));
}

/* By a divisor below 2^32. */
static uint64_t divide_by_word(uint64_t n, uint32_t d, uint64_t *rest) {
  uint32_t high = (uint32_t)(n >> 32), low = (uint32_t)n, remainder;
  uint32_t first = quou(high, d);
  high = remu(high, d);
  if (high == 0) {
    *rest = remu(low, d);
    return (uint64_t)first << 32 | quou(low, d);
  }
  int shift = __builtin_clz(d);
  if (shift > 0) {
    high = high << shift | low >> (32 - shift);
    low <<= shift;
  }
  uint32_t second = divide_64_by_32(high, low, d << shift, &remainder);
  *rest = remainder >> shift;
  return (uint64_t)first << 32 | second;
}

uint64_t __udivmoddi4(uint64_t n, uint64_t d, uint64_t *rest) {
  uint32_t upper = (uint32_t)(d >> 32), remainder;
  uint64_t unused;
  if (rest == 0) rest = &unused;
  if (upper == 0) return divide_by_word(n, (uint32_t)d, rest);
  if (n < d) {
    *rest = n;
    return 0;
  }
  /* The quotient is below 2^32: guess it from the leading 32 bits of d; the guess, made one smaller,
     is right or one too small (Warren, Hacker's Delight, 9-5). */
  int shift = __builtin_clz(upper);
  uint64_t half = n >> 1;
  uint32_t leading = (uint32_t)(d << shift >> 32);
  uint64_t guess =
      divide_64_by_32((uint32_t)(half >> 32), (uint32_t)half, leading, &remainder);
  guess = guess << shift >> 31;
  if (guess > 0) guess--;
  uint64_t left = n - (uint64_t)__muldi3((int64_t)guess, (int64_t)d);
  if (left >= d) {
    guess++;
    left -= d;
  }
  *rest = left;
  return guess;
}

uint64_t __udivdi3(uint64_t n, uint64_t d) { return __udivmoddi4(n, d, 0); }

uint64_t __umoddi3(uint64_t n, uint64_t d) {
  uint64_t rest;
  __udivmoddi4(n, d, &rest);
  return rest;
}

/* The quotient is rounded towards zero; the remainder has the dividend's sign. */
int64_t __divmoddi4(int64_t n, int64_t d, int64_t *rest) {
  uint64_t remainder;
  uint64_t quotient = __udivmoddi4(n < 0 ? -(uint64_t)n : (uint64_t)n,
                                   d < 0 ? -(uint64_t)d : (uint64_t)d, &remainder);
  *rest = (int64_t)(n < 0 ? -remainder : remainder);
  return (int64_t)((n < 0) != (d < 0) ? -quotient : quotient);
}

int64_t __divdi3(int64_t n, int64_t d) {
  int64_t rest;
  return __divmoddi4(n, d, &rest);
}

int64_t __moddi3(int64_t n, int64_t d) {
  int64_t rest;
  __divmoddi4(n, d, &rest);
  return rest;
}
