/* SPDX-License-Identifier: Apache-2.0 */
/* e^x = 2^(x log2 e): a whole number, which is the exponent, and a fraction between -1/2 and 1/2. */

#include "exponential.h"

#include <math.h>

#include "series.h"
#include "words.h"

/* Terms of the series of e^x, so many that the next one is below 2^-64 for |x| <= 1/2. */
#define TERMS 16

/* log2(e) / 2 */
#define WORDS 2
static const uint64_t half_log2_e[WORDS] = {0xB8AA3B295C17F0BB, 0xBE87FED0691D3E88};

struct extended power_of_two(unsigned whole, uint64_t fraction, bool negative) {
  bool alternating = negative;
  if (fraction >> 63) {
    whole++;
    fraction = -fraction;
    alternating = !negative;
  }
  uint64_t x = product(fraction, EXT_LN2.significand);
  uint64_t sum = series(inverse_factorials, 0, TERMS, 1, x, alternating);
  return ext_of_fixed(sum, negative ? -(int)whole : (int)whole);
}

struct extended ext_exp(struct extended x) {
  uint64_t words[WORDS + 1];
  if (x.exponent > 14) return ext_scale(EXT_ONE, x.negative ? -BEYOND : BEYOND);
  words_multiply(words, half_log2_e, WORDS, x.significand);
  int point = x.exponent + 2;
  return power_of_two((unsigned)words_bits(words, WORDS + 1, point - 64),
                      words_bits(words, WORDS + 1, point), x.negative);
}

double exp(double x) {
  if (is_nan(x)) return x + x;
  if (is_infinite(x)) return is_negative(x) ? 0 : x;
  return ext_to_double(ext_exp(ext_of_double(x)));
}

double exp2(double x) {
  if (is_nan(x)) return x + x;
  if (is_infinite(x)) return is_negative(x) ? 0 : x;
  struct extended a = ext_of_double(x);
  if (a.exponent > 14) return ext_to_double(ext_scale(EXT_ONE, a.negative ? -BEYOND : BEYOND));
  return ext_to_double(power_of_two((unsigned)words_bits(&a.significand, 1, a.exponent - 63),
                                    words_bits(&a.significand, 1, a.exponent + 1), a.negative));
}

/* Small results have no use for a difference: x (1 + x / 2! + x^2 / 3! + ...). */
double expm1(double x) {
  if (is_nan(x)) return x + x;
  if (is_infinite(x)) return is_negative(x) ? -1 : x;
  struct extended a = ext_of_double(x);
  if (a.exponent >= -1) return ext_to_double(ext_subtract(ext_exp(a), EXT_ONE));
  uint64_t sum = series(inverse_factorials, 1, TERMS, 1, ext_fraction(a), a.negative);
  return ext_to_double(ext_multiply(a, ext_of_fixed(sum, 0)));
}
