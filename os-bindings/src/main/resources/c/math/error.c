/* SPDX-License-Identifier: Apache-2.0 */
/* The error function and its complement: a series with positive terms up to LIMIT, a continued fraction above it
   (Abramowitz and Stegun, 7.1.6 and 7.1.14). */

#include <math.h>

#include "exponential.h"

#define LIMIT 1.25
#define TERMS 40 /* of the series, for LIMIT */
#define NEXT_TO_1 6 /* the error function differs from 1 by less than 2^-54 */
#define UNDERFLOW 27.5
#define TWO_OVER_ROOT_PI ((struct extended){0x906EBA8214DB688D, 0, false})

/* e^(-x^2), where x^2 does not fit 64 bits: it is the square of x's upper half and a small rest. */
static struct extended bell(double x) {
  double upper = of_bits(bits_of(x) & ~(uint64_t)0x7FFFFFF);
  struct extended square = ext_of_double(upper * upper);
  struct extended rest = ext_multiply(ext_of_double(x - upper), ext_add(ext_of_double(x), ext_of_double(upper)));
  return ext_multiply(ext_exp(ext_negate(square)), ext_exp(ext_negate(rest)));
}

/* 0 <= x <= LIMIT: 2 / sqrt(pi) x e^(-x^2) (1 + 2x^2 / 3 (1 + 2x^2 / 5 (1 + ...))) */
static struct extended erf_near(double x) {
  struct extended a = ext_of_double(x), sum = EXT_ONE, t = ext_scale(ext_multiply(a, a), 1);
  for (int n = TERMS; n > 0; n--) {
    sum = ext_add(EXT_ONE, ext_divide(ext_multiply(t, sum), ext_of_int(2 * n + 1)));
  }
  return ext_multiply(ext_multiply(TWO_OVER_ROOT_PI, a), ext_multiply(bell(x), sum));
}

/* x > LIMIT: e^(-x^2) / sqrt(pi) / (x + (1/2) / (x + (2/2) / (x + (3/2) / (x + ...)))) */
static struct extended erfc_far(double x) {
  struct extended a = ext_of_double(x), fraction = a;
  for (int n = 12 + (int)(260 / (x * x)); n > 0; n--) {
    fraction = ext_add(a, ext_divide(ext_scale(ext_of_int(n), -1), fraction));
  }
  return ext_multiply(ext_scale(TWO_OVER_ROOT_PI, -1), ext_divide(bell(x), fraction));
}

/* The complement of the error function of x >= 0. */
static struct extended complement(double x) {
  if (x <= LIMIT) return ext_subtract(EXT_ONE, erf_near(x));
  return x < UNDERFLOW ? erfc_far(x) : ext_scale(EXT_ONE, -BEYOND);
}

/* The error function of x >= 0. */
static struct extended up_to(double x) {
  if (x <= LIMIT) return erf_near(x);
  return x > NEXT_TO_1 ? EXT_ONE : ext_subtract(EXT_ONE, complement(x));
}

double erf(double x) {
  if (is_nan(x)) return x + x;
  struct extended result = up_to(fabs(x));
  result.negative = is_negative(x);
  return ext_to_double(result);
}

double erfc(double x) {
  if (is_nan(x)) return x + x;
  if (!is_negative(x)) return ext_to_double(complement(x));
  return ext_to_double(ext_add(EXT_ONE, up_to(-x)));
}
