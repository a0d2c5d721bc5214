/* SPDX-License-Identifier: Apache-2.0 */
/* Roots other than the square root, which float64_sqrt.S has. */

#include <math.h>

#include "exponential.h"
#include "logarithm.h"

/* x = m 2^(3n), 1 <= m < 8: e^(log m / 3) 2^n */
double cbrt(double x) {
  if (!is_finite(x) || is_zero(x)) return x + x;
  struct extended a = ext_of_double(x);
  int third = (a.exponent + 3 * 1024) / 3 - 1024;
  a.exponent -= 3 * third;
  a.negative = false;
  struct extended root = ext_scale(ext_exp(ext_divide(ext_log(a), ext_of_int(3))), third);
  root.negative = is_negative(x);
  return ext_to_double(root);
}

double hypot(double x, double y) {
  if (is_infinite(x) || is_infinite(y)) return HUGE_VAL;
  if (is_nan(x) || is_nan(y)) return x + y;
  struct extended a = ext_of_double(x), b = ext_of_double(y);
  return ext_to_double(ext_root(ext_add(ext_multiply(a, a), ext_multiply(b, b))));
}
