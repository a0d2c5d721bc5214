/* SPDX-License-Identifier: Apache-2.0 */
/* log (m 2^e) = log m + e log 2, with m as near to 1 as that makes it, and log m = 2 artanh((m - 1) / (m + 1)). */

#include "logarithm.h"

#include <math.h>

#include "series.h"

#define ROOT_OF_2 0xB504F333F9DE6484 /* of 63 bits behind the point */
#define LOG2_E ((struct extended){0xB8AA3B295C17F0BC, 0, false})
#define LOG10_E ((struct extended){0xDE5BD8A937287195, -2, false})

/* log ((1 + a / b) / (1 - a / b)), for |a / b| <= 1/5 */
static struct extended log_of_quotient(struct extended a, struct extended b) {
  struct extended s = ext_divide(a, b);
  uint64_t sum = series(odd_reciprocals, 0, ODD_RECIPROCALS - 1, 1, ext_square(s), false);
  return ext_scale(ext_multiply(s, ext_of_fixed(sum, 0)), 1);
}

/* log m, and e in *exponent */
static struct extended split(struct extended x, int *exponent) {
  *exponent = x.exponent;
  x.exponent = 0;
  if (x.significand > ROOT_OF_2) {
    x.exponent = -1;
    ++*exponent;
  }
  return log_of_quotient(ext_subtract(x, EXT_ONE), ext_add(x, EXT_ONE));
}

struct extended ext_log(struct extended x) {
  int exponent;
  struct extended rest = split(x, &exponent);
  return ext_add(ext_multiply(ext_of_int(exponent), EXT_LN2), rest);
}

struct extended ext_log1p(struct extended x) {
  if (x.exponent > (x.negative ? -3 : -2)) return ext_log(ext_add(EXT_ONE, x));
  return log_of_quotient(x, ext_add(ext_scale(EXT_ONE, 1), x));
}

/* Whether x has a logarithm that is a number; otherwise *result is what it has instead. */
static bool has_logarithm(double x, double *result) {
  *result = is_nan(x) ? x + x : is_zero(x) ? -HUGE_VAL : is_negative(x) ? invalid() : x;
  return is_finite(x) && !is_negative(x) && !is_zero(x);
}

double log(double x) {
  double result;
  if (!has_logarithm(x, &result)) return result;
  return ext_to_double(ext_log(ext_of_double(x)));
}

double log10(double x) {
  double result;
  if (!has_logarithm(x, &result)) return is_nan(result) && !is_nan(x) ? NAN : result; /* without a sign on hosts */
  return ext_to_double(ext_multiply(ext_log(ext_of_double(x)), LOG10_E));
}

double log2(double x) {
  double result;
  int exponent;
  if (!has_logarithm(x, &result)) return result;
  struct extended rest = split(ext_of_double(x), &exponent);
  return ext_to_double(ext_add(ext_of_int(exponent), ext_multiply(rest, LOG2_E)));
}

double log1p(double x) {
  if (is_nan(x) || is_zero(x) || bits_of(x) == INFINITY_BITS) return x + x;
  if (x <= -1) return x == -1 ? -HUGE_VAL : invalid();
  return ext_to_double(ext_log1p(ext_of_double(x)));
}
