/* SPDX-License-Identifier: Apache-2.0 */
/* Hyperbolic functions and their inverses. */

#include <math.h>

#include "exponential.h"
#include "logarithm.h"
#include "series.h"

static struct extended magnitude(double x) {
  struct extended a = ext_of_double(x);
  a.negative = false;
  return a;
}

static double with_sign(struct extended result, double x) {
  result.negative = is_negative(x);
  return ext_to_double(result);
}

/* Sine and cosine of x >= 0. */
static void sine_and_cosine(struct extended x, struct extended *sine, struct extended *cosine) {
  if (x.exponent < 0) {
    uint64_t t = ext_square(x);
    *sine = ext_multiply(x, ext_of_fixed(series(inverse_factorials, 1, 21, 2, t, false), 0));
    *cosine = ext_of_fixed(series(inverse_factorials, 0, 20, 2, t, false), 0);
  } else {
    struct extended e = ext_exp(x), inverse = ext_divide(EXT_ONE, e);
    *sine = ext_scale(ext_subtract(e, inverse), -1);
    *cosine = ext_scale(ext_add(e, inverse), -1);
  }
}

double sinh(double x) {
  struct extended sine, cosine;
  if (!is_finite(x)) return x + x;
  sine_and_cosine(magnitude(x), &sine, &cosine);
  return with_sign(sine, x);
}

double cosh(double x) {
  struct extended sine, cosine;
  if (!is_finite(x)) return is_nan(x) ? x + x : HUGE_VAL;
  sine_and_cosine(magnitude(x), &sine, &cosine);
  return ext_to_double(cosine);
}

double tanh(double x) {
  struct extended sine, cosine;
  if (!is_finite(x)) return is_nan(x) ? x + x : is_negative(x) ? -1 : 1;
  sine_and_cosine(magnitude(x), &sine, &cosine);
  return with_sign(ext_divide(sine, cosine), x);
}

/* log (x + sqrt (x^2 + 1)) = log1p (x + x^2 / (1 + sqrt (x^2 + 1))) */
double asinh(double x) {
  if (!is_finite(x)) return x + x;
  struct extended a = magnitude(x), square = ext_multiply(a, a);
  struct extended root = ext_root(ext_add(square, EXT_ONE));
  return with_sign(ext_log1p(ext_add(a, ext_divide(square, ext_add(EXT_ONE, root)))), x);
}

/* log (x + sqrt (x^2 - 1)) = log1p (y + sqrt (y (x + 1))) with y = x - 1 */
double acosh(double x) {
  if (is_nan(x) || bits_of(x) == INFINITY_BITS) return x + x;
  if (x < 1) return invalid();
  struct extended a = ext_of_double(x), y = ext_subtract(a, EXT_ONE);
  struct extended root = ext_root(ext_multiply(y, ext_add(a, EXT_ONE)));
  return ext_to_double(ext_log1p(ext_add(y, root)));
}

/* log ((1 + x) / (1 - x)) / 2 */
double atanh(double x) {
  struct extended a = magnitude(x);
  if (is_nan(x)) return x + x;
  if (x == 1 || x == -1) return x < 0 ? -HUGE_VAL : HUGE_VAL;
  if (!is_finite(x) || a.exponent >= 0) return invalid();
  struct extended quotient = ext_divide(ext_scale(a, 1), ext_subtract(EXT_ONE, a));
  return with_sign(ext_scale(ext_log1p(quotient), -1), x);
}
