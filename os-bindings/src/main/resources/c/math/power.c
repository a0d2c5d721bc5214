/* SPDX-License-Identifier: Apache-2.0 */
/* x^y = 2^(y log2 x). Where y log2 x is a thousand, its fraction has 64 bits only if the logarithm has 74: it is computed in
   fixed point, with 128 bits behind the point. */

#include <math.h>

#include "exponential.h"
#include "series.h"
#include "words.h"

#define ROOT_OF_2 0xB504F333F9DE6484 /* of 63 bits behind the point */

/* log2(e) / 2, of 128 bits behind the point */
#define HALF_LOG2_E_HIGH 0xB8AA3B295C17F0BB
#define HALF_LOG2_E_LOW 0xBE87FED0691D3E89

#define THIRD 0x5555555555555555 /* of 64 */

/* A fraction of 128 bits. */
struct fraction {
  uint64_t high, low;
};

static struct fraction add(struct fraction a, struct fraction b) {
  uint64_t low = a.low + b.low;
  return (struct fraction){a.high + b.high + (low < b.low), low};
}

/* The upper 128 bits of the product with 64 others, moved left by some bits, or right if they are negative. */
static struct fraction multiply(struct fraction a, uint64_t factor, int left) {
  uint64_t words[] = {a.high, a.low}, result[3];
  words_multiply(result, words, 2, factor);
  return (struct fraction){words_bits(result, 3, left), words_bits(result, 3, left + 64)};
}

/* artanh (a / b) = s (1 + t / 3 + t^2 / 5 + ...), where s = a / b <= 0.172 and t = s^2. As s has 128 bits, t / 3 + t^2 / 5 + ...
   must have more than 64 behind the point: it is below 2^-6 and t below 2^-5, and both are moved to where they fill 64. */
static struct fraction inverse_tanh(uint64_t a, uint64_t b) {
  uint64_t rest, low;
  struct fraction s;
  s.high = wide_quotient(a, b, &rest);
  s.low = wide_quotient(rest, b, &rest);
  uint64_t t = mul64(s.high, s.high, &low), twice = product(s.high, s.low) << 1;
  low += twice;
  t += low < twice;
  t = t << 5 | low >> 59;
  uint64_t sum = series(odd_reciprocals, 2, ODD_RECIPROCALS - 1, 1, t >> 5, false);
  sum = mul64(t, THIRD + (product(t, sum) >> 4), &low);
  return add(s, multiply(s, sum << 1 | low >> 63, -6));
}

/* |log2 x| as words, one before the point and two behind it, and its sign. */
static bool logarithm(struct extended x, uint64_t words[3]) {
  uint64_t half = x.significand >> 1, one = (uint64_t)1 << 62;
  int exponent = x.exponent;
  if (x.significand > ROOT_OF_2) {
    exponent++;
    one <<= 1;
  }
  bool below = half < one;
  struct fraction l = inverse_tanh(below ? one - half : half - one, half + one);
  /* times 2 log2 e */
  struct fraction least = {0, product(l.high, HALF_LOG2_E_LOW)};
  l = add(multiply(l, HALF_LOG2_E_HIGH, 0), least);
  l.high = l.high << 2 | l.low >> 62;
  l.low <<= 2;
  bool negative = exponent < 0 || (exponent == 0 && below);
  unsigned whole = (unsigned)(exponent < 0 ? -exponent : exponent);
  if (exponent != 0 && below != negative && (l.high | l.low) != 0) {
    whole--;
    l = add((struct fraction){~l.high, ~l.low}, (struct fraction){0, 1});
  }
  words[0] = whole;
  words[1] = l.high;
  words[2] = l.low;
  return negative;
}

/* x^y for x > 0 */
static struct extended power(struct extended x, struct extended y) {
  uint64_t words[3], result[4];
  bool negative = logarithm(x, words) ^ y.negative;
  words_multiply(result, words, 3, y.significand);
  int point = 65 + y.exponent;
  uint64_t whole = words_bits(result, 4, point - 64);
  if (y.exponent > 65 || words_bits(result, 4, point - 128) != 0 || whole > BEYOND) whole = BEYOND;
  return power_of_two((unsigned)whole, words_bits(result, 4, point), negative);
}

/* An integer that is odd. */
static bool is_odd(double y) {
  int unit = 1075 - ((int)(bits_of(y) >> 52) & 0x7FF); /* the bit that stands for 1 */
  if (unit < 0 || unit > 52) return false;
  uint64_t significand = bits_of(y) | (uint64_t)1 << 52;
  return (significand >> unit & 1) && !(significand & (((uint64_t)1 << unit) - 1));
}

/* Where x or y is 0, infinite, not a number, or |x| is 1. */
static bool is_special(double x, double y, double *result) {
  double magnitude = fabs(x);
  if (is_zero(y) || x == 1) {
    *result = 1;
  } else if (is_nan(x) || is_nan(y)) {
    *result = x + y;
  } else if (is_infinite(y)) {
    *result = magnitude == 1 ? 1 : (magnitude < 1) == is_negative(y) ? HUGE_VAL : 0;
  } else if (is_zero(x) || is_infinite(x)) {
    *result = is_zero(x) == is_negative(y) ? HUGE_VAL : 0;
    if (is_negative(x) && is_odd(y)) *result = -*result;
  } else if (is_negative(x) && trunc(y) != y) {
    *result = invalid();
  } else if (magnitude == 1) {
    *result = is_odd(y) ? -1 : 1;
  } else {
    return false;
  }
  return true;
}

double pow(double x, double y) {
  double result;
  if (is_special(x, y, &result)) return result;
  if (y == 2) return x * x; /* ties are frequent */
  struct extended a = power(ext_of_double(x), ext_of_double(y));
  a.negative = is_negative(x) && is_odd(y);
  return ext_to_double(a);
}
