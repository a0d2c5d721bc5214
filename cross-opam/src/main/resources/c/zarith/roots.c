/* SPDX-License-Identifier: Apache-2.0 */
/* Roots, by Newton's iteration on integers from above: the first step that does not go down is the last. */

#include "value.h"

/* The largest r with r^k <= a; a >= 0, k >= 1. */
static struct number root(struct number a, unsigned k) {
  if (a.size == 0 || k == 1) return a;
  if ((unsigned)z_bits(a) <= k) return z_of_limb(1);
  struct number x = z_shift_left(z_of_limb(1), (z_bits(a) - 1) / (int)k + 1);
  struct number divisor = z_of_limb(k);
  int mark = z_mark();
  for (;;) {
    struct number quotient, next;
    z_divide(a, z_power(x, k - 1), TRUNCATE, &quotient, NULL);
    z_divide(z_add(z_multiply_by(x, k - 1), quotient), divisor, TRUNCATE, &next, NULL);
    if (z_compare(next, x) >= 0) return x;
    x = next;
    Z_KEEP(mark, &x);
  }
}

/* Towards zero. */
static struct number signed_root(value v, value exponent, const char *not_positive, const char *even) {
  struct number a = z_copy(z_of_value(v));
  if (Long_val(exponent) <= 0) z_invalid_argument(not_positive);
  if (a.negative && Long_val(exponent) % 2 == 0) z_invalid_argument(even);
  int negative = a.negative;
  a.negative = 0;
  struct number r = root(a, (unsigned)Long_val(exponent));
  return negative ? z_negate(r) : r;
}

/* The root, and what is left of the number. */
static value with_rest(value v, unsigned exponent, struct number r) {
  return z_results(r, z_subtract(z_copy(z_of_value(v)), z_power(r, exponent)));
}

value ml_z_root(value v, value k) {
  return z_result(signed_root(v, k, "Z.root: exponent must be positive",
                              "Z.root: even root of a negative number"));
}

value ml_z_rootrem(value v, value k) {
  struct number r = signed_root(v, k, "Z.rootrem: exponent must be positive",
                                "Z.rootrem: even root of a negative number");
  return with_rest(v, (unsigned)Long_val(k), r);
}

value ml_z_sqrt(value v) {
  return z_result(signed_root(v, Val_int(2), "", "Z.sqrt: square root of a negative number"));
}

value ml_z_sqrt_rem(value v) {
  const char *negative = "Z.sqrt_rem: square root of a negative number";
  return with_rest(v, 2, signed_root(v, Val_int(2), "", negative));
}

/* Whether it is a power with this exponent. */
static int is_power(struct number a, unsigned k) {
  int mark = z_mark();
  int negative = a.negative;
  a.negative = 0;
  int result = !(negative && k % 2 == 0) && z_compare(z_power(root(a, k), k), a) == 0;
  z_release_to(mark);
  return result;
}

value ml_z_perfect_square(value v) {
  int result = is_power(z_copy(z_of_value(v)), 2);
  z_release();
  return Val_bool(result);
}

/* Of any integer with an exponent of 2 at least: 0, 1 and -1 are some. */
value ml_z_perfect_power(value v) {
  struct number a = z_copy(z_of_value(v));
  int result = z_bits(a) <= 1;
  for (unsigned k = 2; !result && k < (unsigned)z_bits(a); k++) result = is_power(a, k);
  z_release();
  return Val_bool(result);
}
