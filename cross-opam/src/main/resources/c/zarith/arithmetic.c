/* SPDX-License-Identifier: Apache-2.0 */
#include <caml/mlvalues.h>

#include "value.h"

value ml_z_neg(value v) { return z_result(z_copy(z_negate(z_of_value(v)))); }

value ml_z_abs(value v) {
  struct number a = z_copy(z_of_value(v));
  a.negative = 0;
  return z_result(a);
}

value ml_z_add(value v, value w) { return z_result(z_add(z_of_value(v), z_of_value(w))); }

value ml_z_sub(value v, value w) { return z_result(z_subtract(z_of_value(v), z_of_value(w))); }

value ml_z_mul(value v, value w) { return z_result(z_multiply(z_of_value(v), z_of_value(w))); }

value ml_z_mul_overflows(value v, value w) {
  int64_t product = (int64_t)Long_val(v) * Long_val(w);
  return Val_bool(product < Min_long || product > Max_long);
}

value ml_z_succ(value v) { return z_result(z_add(z_of_value(v), z_of_limb(1))); }

value ml_z_pred(value v) { return z_result(z_subtract(z_of_value(v), z_of_limb(1))); }

/* Operands of a division, in memory that stays where it is. */
static struct number divisor(value v) {
  struct number a = z_copy(z_of_value(v));
  if (a.size == 0) z_raise_divide_by_zero();
  return a;
}

static value quotient(value v, value w, enum rounding to) {
  struct number b = divisor(w), q;
  z_divide(z_copy(z_of_value(v)), b, to, &q, NULL);
  return z_result(q);
}

value ml_z_div(value v, value w) { return quotient(v, w, TRUNCATE); }
value ml_z_divexact(value v, value w) { return quotient(v, w, TRUNCATE); }
value ml_z_cdiv(value v, value w) { return quotient(v, w, CEILING); }
value ml_z_fdiv(value v, value w) { return quotient(v, w, FLOOR); }

value ml_z_rem(value v, value w) {
  struct number b = divisor(w), r;
  z_divide(z_copy(z_of_value(v)), b, TRUNCATE, NULL, &r);
  return z_result(r);
}

value ml_z_div_rem(value v, value w) {
  struct number b = divisor(w), q, r;
  z_divide(z_copy(z_of_value(v)), b, TRUNCATE, &q, &r);
  return z_results(q, r);
}

static int divides(struct number b, struct number a) {
  if (b.size == 0) return a.size == 0;
  return z_modulo(a, b).size == 0;
}

value ml_z_divisible(value v, value w) {
  int result = divides(z_of_value(w), z_of_value(v));
  z_release();
  return Val_bool(result);
}

value ml_z_congruent(value v, value w, value modulus) {
  int result = divides(z_of_value(modulus), z_subtract(z_of_value(v), z_of_value(w)));
  z_release();
  return Val_bool(result);
}

value ml_z_pow(value base, value exponent) {
  intnat e = Long_val(exponent);
  if (e < 0) z_invalid_argument("Z.pow: exponent must be nonnegative");
  struct number a = z_copy(z_of_value(base));
  if ((int64_t)z_bits(a) * e > (int64_t)1 << 30 && a.size > 0 && !(a.size == 1 && a.at[0] == 1)) {
    z_invalid_argument("Z.pow: risk of overflow in mpz type");
  }
  return z_result(z_power(a, (unsigned)e));
}

value ml_z_remove(value v, value w) {
  struct number a = z_copy(z_of_value(v)), b = z_copy(z_of_value(w));
  int count = 0, mark = z_mark();
  while (a.size > 0 && !(b.size <= 1 && (b.size == 0 || b.at[0] == 1))) {
    struct number q, r;
    z_divide(a, b, TRUNCATE, &q, &r);
    if (r.size > 0) break;
    a = q;
    count++;
    Z_KEEP(mark, &a);
  }
  return z_results(a, z_of_limb((limb)count));
}
