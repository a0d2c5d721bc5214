/* SPDX-License-Identifier: Apache-2.0 */
/* Factorials, binomials and their like. */

#include "value.h"

static void require(intnat argument, const char *message) {
  if (argument < 0) z_invalid_argument(message);
}

/* n * (n - step) * (n - 2 step) ... */
static struct number product_down(intnat n, intnat step) {
  struct number result = z_of_limb(1);
  int mark = z_mark();
  for (; n > 1; n -= step) {
    result = z_multiply_by(result, (limb)n);
    Z_KEEP(mark, &result);
    if (step == 0) break;
  }
  return result;
}

value ml_z_fac(value n) {
  require(Long_val(n), "Z.fac: non-positive argument");
  return z_result(product_down(Long_val(n), 1));
}

value ml_z_fac2(value n) {
  require(Long_val(n), "Z.fac2: non-positive argument");
  return z_result(product_down(Long_val(n), 2));
}

value ml_z_facM(value n, value step) {
  require(Long_val(n), "Z.facM: non-positive argument");
  require(Long_val(step), "Z.facM: non-positive argument");
  return z_result(product_down(Long_val(n), Long_val(step)));
}

static int is_prime(intnat n) {
  for (intnat d = 2; d <= n / d; d++) {
    if (n % d == 0) return 0;
  }
  return n > 1;
}

value ml_z_primorial(value n) {
  require(Long_val(n), "Z.primorial: non-positive argument");
  struct number result = z_of_limb(1);
  int mark = z_mark();
  for (intnat p = 2; p <= Long_val(n); p++) {
    if (is_prime(p)) result = z_multiply_by(result, (limb)p);
    Z_KEEP(mark, &result);
  }
  return z_result(result);
}

/* n (n - 1) ... (n - k + 1) / k!, for negative n too. */
value ml_z_bin(value v, value count) {
  require(Long_val(count), "Z.bin: non-positive argument");
  struct number n = z_copy(z_of_value(v)), result = z_of_limb(1), one = z_of_limb(1);
  int mark = z_mark();
  for (intnat i = 1; i <= Long_val(count) && result.size > 0; i++) {
    z_divide(z_multiply(result, n), z_of_limb((limb)i), TRUNCATE, &result, NULL);
    n = z_subtract(n, one);
    Z_KEEP(mark, &result, &n);
  }
  return z_result(result);
}

/* The n-th of a sequence in which each is the sum of the two before. */
static value sum_sequence(intnat n, limb first, limb second) {
  struct number a = z_of_limb(first), b = z_of_limb(second);
  int mark = z_mark();
  for (intnat i = 0; i < n; i++) {
    struct number next = z_add(a, b);
    a = b;
    b = next;
    Z_KEEP(mark, &a, &b);
  }
  return z_result(a);
}

value ml_z_fib(value n) {
  require(Long_val(n), "Z.fib: non-positive argument");
  return sum_sequence(Long_val(n), 0, 1);
}

value ml_z_lucnum(value n) {
  require(Long_val(n), "Z.lucnum: non-positive argument");
  return sum_sequence(Long_val(n), 2, 1);
}
