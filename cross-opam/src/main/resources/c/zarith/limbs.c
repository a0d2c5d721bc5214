/* SPDX-License-Identifier: Apache-2.0 */
/* After Knuth, The Art of Computer Programming, volume 2, 4.3.1: algorithms A, S, M and D. */

#include "limbs.h"

#include <string.h>

#include "lx6.h"

int limbs_trimmed(const limb *a, int n) {
  while (n > 0 && a[n - 1] == 0) n--;
  return n;
}

int limbs_compare(const limb *a, int an, const limb *b, int bn) {
  if (an != bn) return an < bn ? -1 : 1;
  for (int i = an - 1; i >= 0; i--) {
    if (a[i] != b[i]) return a[i] < b[i] ? -1 : 1;
  }
  return 0;
}

limb limbs_add(limb *r, const limb *a, int an, const limb *b, int bn) {
  limb carry = 0;
  for (int i = 0; i < an; i++) {
    limb sum = a[i] + carry;
    carry = sum < carry;
    if (i < bn) {
      sum += b[i];
      carry += sum < b[i];
    }
    r[i] = sum;
  }
  return carry;
}

limb limbs_subtract(limb *r, const limb *a, int an, const limb *b, int bn) {
  limb borrow = 0;
  for (int i = 0; i < an; i++) {
    limb x = a[i], y = i < bn ? b[i] : 0;
    limb difference = x - y;
    limb result = difference - borrow;
    borrow = (x < y) + (difference < borrow);
    r[i] = result;
  }
  return borrow;
}

#ifdef __XTENSA__

/* One limb: a8 = *a, *r += a8 * b + carry; the new carry is in the register `over`. */
#define STEP(offset, carry, over, upper)                      \
  "l32i a8, %[a], " offset "\n"                               \
  "l32i a6, %[r], " offset "\n"                               \
  "mull a7, a8, a9\n" upper                                   \
  "add a7, a7, " carry "\n"                                   \
  "bgeu a7, " carry ", 1f\n"                                  \
  "addi " over ", " over ", 1\n"                              \
  "1: add a6, a6, a7\n"                                       \
  "bgeu a6, a7, 1f\n"                                         \
  "addi " over ", " over ", 1\n"                              \
  "1: s32i a6, %[r], " offset "\n"

/* Two limbs a turn, the carry in a10 and a11 by turns. */
static limb add_pairs(limb *r, const limb *a, int pairs, limb b, limb carry) {
  register limb factor __asm__("a9") = b, over __asm__("a10") = carry;
  for (; pairs > 0; pairs--, a += 2, r += 2) {
    __asm__ volatile(STEP("0", "a10", "a11", LX6_MULUH("a11", "a8", "a9"))
                     STEP("4", "a11", "a10", LX6_MULUH("a10", "a8", "a9"))
                     : "+a"(over)
                     : [a] "a"(a), [r] "a"(r), "a"(factor)
                     : "a6", "a7", "a8", "a11", "memory");
  }
  return over;
}

#else

static limb add_pairs(limb *r, const limb *a, int pairs, limb b, limb carry) {
  for (int i = 0; i < 2 * pairs; i++) {
    uint64_t sum = mul32(a[i], b) + r[i] + carry;
    r[i] = (limb)sum;
    carry = (limb)(sum >> 32);
  }
  return carry;
}

#endif

limb limbs_add_product(limb *r, const limb *a, int n, limb b) {
  limb carry = 0;
  if (n & 1) {
    uint64_t sum = mul32(a[0], b) + r[0];
    r[0] = (limb)sum;
    carry = (limb)(sum >> 32);
  }
  return add_pairs(r + (n & 1), a + (n & 1), n >> 1, b, carry);
}

limb limbs_multiply_by_limb(limb *r, const limb *a, int n, limb b, limb c) {
  for (int i = 0; i < n; i++) {
    uint64_t product = mul32(a[i], b) + c;
    r[i] = (limb)product;
    c = (limb)(product >> 32);
  }
  return c;
}

void limbs_multiply(limb *r, const limb *a, int an, const limb *b, int bn) {
  for (int i = 0; i < an + bn; i++) r[i] = 0;
  for (int i = 0; i < bn; i++) r[i + an] = limbs_add_product(r + i, a, an, b[i]);
}

limb limbs_divide_by_limb(limb *q, const limb *a, int n, limb b) {
  limb rest = 0;
  for (int i = n - 1; i >= 0; i--) {
    uint64_t x = (uint64_t)rest << 32 | a[i];
    uint64_t quotient = x / b;
    q[i] = (limb)quotient;
    rest = (limb)(x - quotient * b);
  }
  return rest;
}

limb limbs_shift_left(limb *r, const limb *a, int n, int shift) {
  limb over = 0;
  for (int i = n - 1; i >= 0; i--) {
    uint64_t x = (uint64_t)a[i] << shift;
    if (i == n - 1) over = (limb)(x >> 32);
    r[i] = (limb)x | (i > 0 && shift > 0 ? a[i - 1] >> (32 - shift) : 0);
  }
  return over;
}

limb limbs_shift_right(limb *r, const limb *a, int n, int shift) {
  limb lost = n > 0 && shift > 0 ? a[0] << (32 - shift) : 0;
  for (int i = 0; i < n; i++) {
    r[i] = a[i] >> shift | (i + 1 < n && shift > 0 ? a[i + 1] << (32 - shift) : 0);
  }
  return lost;
}

/* The next digit of a quotient: of the three leading limbs of a by the two of b, whose first bit is set. At most one too large. */
static limb guess(limb a2, limb a1, limb a0, limb b1, limb b0) {
  uint64_t x = (uint64_t)a2 << 32 | a1;
  uint64_t q = a2 >= b1 ? 0xffffffff : x / b1;
  uint64_t rest = x - q * b1;
  while (rest >> 32 == 0 && q * b0 > (rest << 32 | a0)) {
    q--;
    rest += b1;
  }
  return (limb)q;
}

/* a (n + 1 limbs) -= b * q; one b less when q was too large. */
static limb subtract_product(limb *a, const limb *b, int n, limb q) {
  limb borrow = 0;
  for (int i = 0; i < n; i++) {
    uint64_t product = mul32(b[i], q) + borrow;
    limb low = (limb)product;
    borrow = (limb)(product >> 32) + (a[i] < low);
    a[i] -= low;
  }
  limb top = a[n];
  a[n] = top - borrow;
  if (top >= borrow) return q;
  a[n] += limbs_add(a, a, n, b, n);
  return q - 1;
}

void limbs_divide(limb *q, limb *a, int an, limb *b, int bn) {
  if (bn == 1) {
    limb rest = limbs_divide_by_limb(q != NULL ? q : a, a, an, b[0]);
    memset(a, 0, (size_t)an * sizeof(limb));
    a[0] = rest;
    return;
  }
  int shift = __builtin_clz(b[bn - 1]);
  limbs_shift_left(b, b, bn, shift);
  a[an] = limbs_shift_left(a, a, an, shift);
  for (int i = an - bn; i >= 0; i--) {
    limb digit = guess(a[i + bn], a[i + bn - 1], a[i + bn - 2], b[bn - 1], b[bn - 2]);
    digit = subtract_product(a + i, b, bn, digit);
    if (q != NULL) q[i] = digit;
  }
  limbs_shift_right(a, a, bn, shift);
  limbs_shift_right(b, b, bn, shift);
}
