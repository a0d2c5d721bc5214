/* SPDX-License-Identifier: Apache-2.0 */
/* Greatest common divisors, inverses and powers modulo a number. */

#include "modular.h"

#include <string.h>

#define CAML_INTERNALS
#include <caml/alloc.h>
#include <caml/memory.h>

#include "montgomery.h"
#include "value.h"

struct number z_gcd(struct number a, struct number b) {
  int mark = z_mark();
  a.negative = b.negative = 0;
  while (b.size > 0) {
    struct number rest = z_modulo(a, b);
    a = b;
    b = rest;
    Z_KEEP(mark, &a, &b);
  }
  return a;
}

struct number z_gcd_factor(struct number a, struct number b, struct number *factor) {
  int mark = z_mark();
  struct number x = z_of_limb(1), next = z_of_limb(0);
  a.negative = b.negative = 0;
  while (b.size > 0) {
    struct number quotient, rest;
    z_divide(a, b, TRUNCATE, &quotient, &rest);
    struct number following = z_subtract(x, z_multiply(quotient, next));
    a = b;
    b = rest;
    x = next;
    next = following;
    Z_KEEP(mark, &a, &b, &x, &next);
  }
  *factor = x;
  return a;
}

int z_inverse(struct number a, struct number modulus, struct number *inverse) {
  struct number factor;
  if (modulus.size == 0) {
    *inverse = a;
    return a.size == 1 && a.at[0] == 1;
  }
  struct number g = z_gcd_factor(z_modulo(a, modulus), modulus, &factor);
  if (!z_is_one(g)) return 0;
  *inverse = z_modulo(factor, modulus);
  return 1;
}

/* Square and multiply, with a division each time: for even moduli. */
static struct number power_by_division(struct number base, struct number exponent, struct number modulus) {
  struct number result = z_modulo(z_of_limb(1), modulus);
  int mark = z_mark();
  for (int i = z_bits(exponent) - 1; i >= 0; i--) {
    result = z_modulo(z_multiply(result, result), modulus);
    if (exponent.at[i / LIMB_BITS] >> i % LIMB_BITS & 1) {
      result = z_modulo(z_multiply(result, base), modulus);
    }
    Z_KEEP(mark, &result);
  }
  return result;
}

struct number z_power_modulo(struct number base, struct number exponent, struct number modulus) {
  modulus.negative = 0;
  base = z_modulo(base, modulus);
  return z_is_odd(modulus) ? montgomery_power(base, exponent, modulus)
                           : power_by_division(base, exponent, modulus);
}

value ml_z_gcd(value v, value w) {
  return z_result(z_gcd(z_copy(z_of_value(v)), z_copy(z_of_value(w))));
}

/* (g, s, true) with s a factor of the first one, or (g, s, false) with one of the second: the larger of both. */
value ml_z_gcdext_intern(value v, value w) {
  CAMLparam0();
  CAMLlocal2(divisor, cofactor);
  struct number a = z_copy(z_of_value(v)), b = z_copy(z_of_value(w)), factor;
  if (a.size == 0 || b.size == 0) z_raise_divide_by_zero();
  int first = limbs_compare(a.at, a.size, b.at, b.size) >= 0;
  struct number larger = first ? a : b;
  struct number g = z_gcd_factor(larger, first ? b : a, &factor);
  divisor = z_to_value(g);
  cofactor = z_to_value(larger.negative ? z_negate(factor) : factor);
  z_release();
  value result = caml_alloc_small(3, 0);
  Field(result, 0) = divisor;
  Field(result, 1) = cofactor;
  Field(result, 2) = Val_bool(first);
  CAMLreturn(result);
}

value ml_z_invert(value v, value modulus) {
  struct number inverse;
  if (!z_inverse(z_copy(z_of_value(v)), z_copy(z_of_value(modulus)), &inverse)) {
    z_raise_divide_by_zero();
  }
  return z_result(inverse);
}

value ml_z_powm(value base, value exponent, value modulus) {
  struct number b = z_copy(z_of_value(base)), e = z_copy(z_of_value(exponent));
  struct number m = z_copy(z_of_value(modulus));
  if (m.size == 0 || (e.negative && !z_inverse(b, m, &b))) z_raise_divide_by_zero();
  e.negative = 0;
  return z_result(z_power_modulo(b, e, m));
}

/* Time and addresses depend on the sizes of exponent and modulus alone. */
value ml_z_powm_sec(value base, value exponent, value modulus) {
  struct number b = z_copy(z_of_value(base)), e = z_copy(z_of_value(exponent));
  struct number m = z_copy(z_of_value(modulus));
  if (e.negative || e.size == 0) z_invalid_argument("Z.powm_sec: exponent must be positive");
  if (!z_is_odd(m)) z_invalid_argument("Z.powm_sec: modulus must be odd");
  m.negative = 0;
  return z_result(montgomery_power_secret(z_modulo(b, m), e, m));
}
