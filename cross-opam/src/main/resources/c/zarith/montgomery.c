/* SPDX-License-Identifier: Apache-2.0 */
/* Montgomery's multiplication: numbers x are kept as x * R mod m, R = 2^(32 n). After Menezes, van Oorschot, Vanstone, Handbook
   of Applied Cryptography, 14.36 and 14.82. */

#include "montgomery.h"

#include <string.h>

#include "lx6.h"

enum { WINDOW = 4, ENTRIES = 1 << WINDOW };

struct modulus {
  const limb *at;
  int n;
  limb inverse; /* -1 / m mod 2^32 */
  limb *space;  /* n + 2 limbs */
  limb (*add_product)(limb *r, const limb *a, int n, limb b);
};

/* All ones for true. */
static limb mask(limb truth) { return 0 - truth; }

/* The carry of a + b, by operations alone that take the same time for all numbers: comparisons are branches on this core.
   A call would cost the innermost loop more than the operations do. */
static inline __attribute__((always_inline)) limb carry_of(limb a, limb b) {
  limb sum = a + b;
  return ((a & b) | ((a | b) & ~sum)) >> 31;
}

static limb add_product_secret(limb *r, const limb *a, int n, limb b) {
  limb carry = 0;
  for (int i = 0; i < n; i++) {
    uint64_t product = mul32(a[i], b);
    limb low = (limb)product, high = (limb)(product >> 32);
    high += carry_of(low, carry);
    low += carry;
    carry = high + carry_of(low, r[i]);
    r[i] += low;
  }
  return carry;
}

/* r = a - b; the borrow. */
static limb subtract_secret(limb *r, const limb *a, const limb *b, int n) {
  limb carry = 1;
  for (int i = 0; i < n; i++) {
    limb x = a[i], y = ~b[i], sum = x + y;
    limb over = carry_of(x, y) | carry_of(sum, carry);
    r[i] = sum + carry;
    carry = over;
  }
  return carry ^ 1;
}

/* r = x * y / R mod m; x, y < m; r may be either. No branch of its own depends on their values. */
static void multiply(const struct modulus *m, limb *r, const limb *x, const limb *y) {
  int n = m->n;
  limb *t = m->space;
  memset(t, 0, (size_t)(n + 2) * sizeof(limb));
  for (int i = 0; i < n; i++) {
    limb carry = m->add_product(t, x, n, y[i]);
    t[n + 1] = carry_of(t[n], carry);
    t[n] += carry;
    carry = m->add_product(t, m->at, n, t[0] * m->inverse);
    t[n + 1] += carry_of(t[n], carry);
    t[n] += carry;
    memmove(t, t + 1, (size_t)(n + 1) * sizeof(limb));
  }
  limb keep = mask(subtract_secret(r, t, m->at, n) & ~t[n]);
  for (int i = 0; i < n; i++) r[i] = (t[i] & keep) | (r[i] & ~keep);
}

/* n limbs of a number below the modulus. */
static limb *extended(struct number a, int n) {
  limb *at = z_take(n);
  memcpy(at, a.at, (size_t)a.size * sizeof(limb));
  memset(at + a.size, 0, (size_t)(n - a.size) * sizeof(limb));
  return at;
}

static struct modulus prepare(struct number m, int secret) {
  limb inverse = m.at[0];
  /* Newton's iteration: each doubles the bits that are right, of which there are three. */
  for (int i = 0; i < 4; i++) inverse *= 2 - m.at[0] * inverse;
  return (struct modulus){m.at, m.size, 0 - inverse, z_take(m.size + 2),
                          secret ? add_product_secret : limbs_add_product};
}

/* 1, x, x^2 ... x^15 as Montgomery numbers, n limbs each. */
static limb *table(const struct modulus *m, struct number base, struct number modulus) {
  limb *entries = z_take(ENTRIES * m->n);
  struct number one = z_modulo(z_shift_left(z_of_limb(1), LIMB_BITS * m->n), modulus);
  struct number x = z_modulo(z_shift_left(base, LIMB_BITS * m->n), modulus);
  memcpy(entries, extended(one, m->n), (size_t)m->n * sizeof(limb));
  limb *first = memcpy(entries + m->n, extended(x, m->n), (size_t)m->n * sizeof(limb));
  for (int i = 2; i < ENTRIES; i++) {
    multiply(m, entries + i * m->n, entries + (i - 1) * m->n, first);
  }
  return entries;
}

/* Reads all entries, keeps one. */
static void pick(limb *to, const limb *entries, int n, limb index) {
  memset(to, 0, (size_t)n * sizeof(limb));
  for (limb e = 0; e < ENTRIES; e++) {
    limb difference = e ^ index;
    limb keep = mask(((difference | (0 - difference)) >> 31) ^ 1);
    for (int i = 0; i < n; i++) to[i] |= entries[e * (limb)n + (limb)i] & keep;
  }
}

static struct number raise(struct number base, struct number exponent, struct number modulus, int secret) {
  struct modulus m = prepare(modulus, secret);
  limb *entries = table(&m, base, modulus), *chosen = z_take(m.n), *result = z_take(m.n);
  memcpy(result, entries, (size_t)m.n * sizeof(limb));
  int bits = secret ? LIMB_BITS * exponent.size : z_bits(exponent);
  for (int i = (bits + WINDOW - 1) / WINDOW - 1; i >= 0; i--) {
    for (int k = 0; k < WINDOW; k++) multiply(&m, result, result, result);
    limb index = exponent.at[i * WINDOW / LIMB_BITS] >> i * WINDOW % LIMB_BITS & (ENTRIES - 1);
    if (secret) {
      pick(chosen, entries, m.n, index);
      multiply(&m, result, result, chosen);
    } else if (index > 0) {
      multiply(&m, result, result, entries + index * (limb)m.n);
    }
  }
  limb *one = extended(z_of_limb(1), m.n);
  multiply(&m, result, result, one);
  return z_make(result, m.n, 0);
}

struct number montgomery_power(struct number base, struct number exponent, struct number modulus) {
  return raise(base, exponent, modulus, 0);
}

struct number montgomery_power_secret(struct number base, struct number exponent, struct number modulus) {
  return raise(base, exponent, modulus, 1);
}
