/* SPDX-License-Identifier: Apache-2.0 */
/* Operations on bits: negative numbers are in two's complement, with ones up to infinity. */

#include <string.h>

#include <caml/mlvalues.h>

#include "value.h"

/* The same bits with the other sign: in place. */
static void complement(limb *at, int size) {
  limb carry = 1;
  for (int i = 0; i < size; i++) {
    at[i] = ~at[i] + carry;
    carry = carry && at[i] == 0;
  }
}

/* The lowest `size` limbs. */
static limb *twos_complement(struct number a, int size) {
  limb *at = z_take(size);
  int own = a.size < size ? a.size : size;
  memcpy(at, a.at, (size_t)own * sizeof(limb));
  memset(at + own, 0, (size_t)(size - own) * sizeof(limb));
  if (a.negative) complement(at, size);
  return at;
}

/* The number whose bits these are; the uppermost limb is all sign. */
static struct number of_twos_complement(limb *at, int size) {
  int negative = at[size - 1] >> 31;
  if (negative) complement(at, size);
  return z_make(at, size, negative);
}

enum operation { AND, OR, XOR };

static value combine(value v, value w, enum operation operation) {
  struct number a = z_of_value(v), b = z_of_value(w);
  int size = (a.size > b.size ? a.size : b.size) + 1;
  limb *x = twos_complement(a, size), *y = twos_complement(b, size);
  for (int i = 0; i < size; i++) {
    x[i] = operation == AND ? x[i] & y[i] : operation == OR ? x[i] | y[i] : x[i] ^ y[i];
  }
  return z_result(of_twos_complement(x, size));
}

value ml_z_logand(value v, value w) { return combine(v, w, AND); }
value ml_z_logor(value v, value w) { return combine(v, w, OR); }
value ml_z_logxor(value v, value w) { return combine(v, w, XOR); }

value ml_z_lognot(value v) {
  return z_result(z_subtract(z_negate(z_of_value(v)), z_of_limb(1)));
}

value ml_z_shift_left(value v, value count) {
  if (Long_val(count) < 0) z_invalid_argument("Z.shift_left: count argument must be positive");
  struct number a = z_of_value(v);
  return a.size == 0 ? Val_long(0) : z_result(z_shift_left(a, (int)Long_val(count)));
}

value ml_z_shift_right_trunc(value v, value count) {
  if (Long_val(count) < 0) {
    z_invalid_argument("Z.shift_right_trunc: count argument must be positive");
  }
  return z_result(z_copy(z_shift_right(z_of_value(v), (int)Long_val(count))));
}

/* Towards minus infinity: -((-a - 1) >> n) - 1 for negative numbers. */
value ml_z_shift_right(value v, value count) {
  if (Long_val(count) < 0) z_invalid_argument("Z.shift_right: count argument must be positive");
  struct number a = z_of_value(v), one = z_of_limb(1);
  if (!a.negative) return z_result(z_copy(z_shift_right(a, (int)Long_val(count))));
  struct number below = z_subtract(z_negate(a), one);
  return z_result(z_negate(z_add(z_shift_right(below, (int)Long_val(count)), one)));
}

/* `length` bits from `offset` on, as a number that is not negative. */
value ml_z_extract(value v, value offset, value length) {
  intnat o = Long_val(offset), l = Long_val(length);
  if (o < 0) z_invalid_argument("Z.extract: negative bit offset");
  if (l <= 0) z_invalid_argument("Z.extract: nonpositive bit length");
  struct number a = z_of_value(v);
  if (!a.negative) {
    /* Above its own bits there are none. */
    intnat own = z_bits(a);
    if (o >= own) return Val_long(0);
    if (l > own - o) l = own - o;
  }
  int skipped = (int)(o / LIMB_BITS), size = (int)((l - 1) / LIMB_BITS) + 1;
  /* Behind the number and one limb more only the sign follows. */
  if (skipped > a.size) skipped = a.size;
  limb *at = twos_complement(a, skipped + size + 1);
  limbs_shift_right(at, at + skipped, size + 1, (int)(o % LIMB_BITS));
  if (l % LIMB_BITS != 0) at[size - 1] &= ((limb)1 << l % LIMB_BITS) - 1;
  return z_result(z_make(at, size, 0));
}

value ml_z_numbits(value v) {
  int bits = z_bits(z_of_value(v));
  z_release();
  return Val_int(bits);
}

value ml_z_trailing_zeros(value v) {
  struct number a = z_of_value(v);
  int i = 0;
  while (i < a.size && a.at[i] == 0) i++;
  intnat zeros = a.size == 0 ? Max_long : LIMB_BITS * i + __builtin_ctz(a.at[i]);
  z_release();
  return Val_long(zeros);
}

value ml_z_testbit(value v, value index) {
  struct number a = z_of_value(v);
  int i = (int)(Long_val(index) / LIMB_BITS), bit = a.negative;
  if (i < a.size) {
    int lower = limbs_trimmed(a.at, i) > 0;
    limb x = !a.negative ? a.at[i] : lower ? ~a.at[i] : 0 - a.at[i];
    bit = (int)(x >> Long_val(index) % LIMB_BITS & 1);
  }
  z_release();
  return Val_int(bit);
}

static int ones(limb x) {
  x -= x >> 1 & 0x55555555;
  x = (x & 0x33333333) + (x >> 2 & 0x33333333);
  return (int)(((x + (x >> 4)) & 0x0f0f0f0f) * 0x01010101 >> 24);
}

value ml_z_popcount(value v) {
  struct number a = z_of_value(v);
  if (a.negative) z_raise_overflow();
  int count = 0;
  for (int i = 0; i < a.size; i++) count += ones(a.at[i]);
  z_release();
  return Val_int(count);
}

value ml_z_hamdist(value v, value w) {
  struct number a = z_of_value(v), b = z_of_value(w);
  if (a.negative != b.negative) z_raise_overflow();
  if (a.negative && !(Is_long(v) && Is_long(w))) z_invalid_argument("Z.hamdist: negative arguments");
  int size = (a.size > b.size ? a.size : b.size) + 1, count = 0;
  limb *x = twos_complement(a, size), *y = twos_complement(b, size);
  for (int i = 0; i < size; i++) count += ones(x[i] ^ y[i]);
  z_release();
  return Val_int(count);
}
