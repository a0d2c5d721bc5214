// SPDX-License-Identifier: Apache-2.0
// Arithmetic modulo a prime, for the chip. The package has it as generated code for each prime, some thousand lines each, which
// the compiler for the chip makes four times as long as it has to be: the core has no carry, and GCC for it no wide product. This
// takes its place: the headers of the primes hold nothing but numbers, and this file, which each of the package's C files reads
// behind one, has the functions, inversion among them.
//
// Numbers are LIMBS words of 32 bits, below the prime, times R = 2^(LIMB_BITS * FIELD_LIMBS) modulo it. Products are
// Montgomery's, column by column (Koc, Acar, Kaliski, Analyzing and comparing Montgomery multiplication algorithms, FIPS), on
// limbs of few enough bits for a whole column to be added up without looking for carries:
// - the upper parts of products, without their LIMB_BITS lower bits, make a sum H that fits into a word;
// - of all of the products only the sum S modulo 2^32 is kept. The sum of their lower parts, which also fits into a word, is S - H * 2^LIMB_BITS.
// No instruction, no address depends on what the numbers are.
//
// Before: LIMBS, LEN_PRIME, CURVE_DESCRIPTION; LIMB_BITS, FIELD_LIMBS, PRIME, R_SQUARED.

#include <stdint.h>
#include <string.h>

#include "lx6.h"

#define MAKE_FN_NAME1(x,y) x ## y
#define MAKE_FN_NAME(x,y) MAKE_FN_NAME1(x,y)
#define FIELD(name) \
  __attribute__((unused, optimize("O2"))) static void MAKE_FN_NAME(CURVE_DESCRIPTION, name)
#define CONSTANT static inline __attribute__((always_inline, unused))
#define UNROLLED _Pragma("GCC unroll 64")

typedef uint32_t field_words[LIMBS];

enum { FIELD_MASK = (1 << LIMB_BITS) - 1, FIELD_BYTES = (LEN_PRIME + 7) / 8, FIELD_WINDOW = 4 };

static const field_words field_prime = {PRIME};
static const field_words field_r_squared = {R_SQUARED};

/* Limb i of a number that has that many words. */
CONSTANT uint32_t field_limb(const uint32_t *words, int count, int i) {
  int bit = i * LIMB_BITS, word = bit / 32, shift = bit % 32;
  uint32_t limb = word < count ? words[word] >> shift : 0;
  if (shift + LIMB_BITS > 32 && word + 1 < count) limb |= words[word + 1] << (32 - shift);
  return limb & FIELD_MASK;
}

/* -1 / prime modulo 2^LIMB_BITS: each turn of Newton's iteration doubles the bits that are right, of which there are three. */
CONSTANT uint32_t field_inverse(void) {
  uint32_t inverse = field_prime[0];
  for (int i = 0; i < 4; i++) inverse *= 2 - field_prime[0] * inverse;
  return (0 - inverse) & FIELD_MASK;
}

/* The carry of a + b. Comparisons would be branches. */
CONSTANT uint32_t field_carry(uint32_t a, uint32_t b, uint32_t sum) { return ((a & b) | ((a | b) & ~sum)) >> 31; }

/* All ones for 1, in a way that the compiler cannot make a branch of. */
CONSTANT uint32_t field_mask(uint32_t bit) {
  __asm__("" : "+r"(bit));
  return 0 - bit;
}

/* r = x + (y & mask); the carry. */
CONSTANT uint32_t field_add(uint32_t *r, const uint32_t *x, const uint32_t *y, uint32_t mask) {
  uint32_t carry = 0;
  UNROLLED for (int i = 0; i < LIMBS; i++) {
    uint32_t a = x[i], b = y[i] & mask, sum = a + b + carry;
    carry = field_carry(a, b, sum);
    r[i] = sum;
  }
  return carry;
}

/* r = x - y; the borrow. */
CONSTANT uint32_t field_subtract(uint32_t *r, const uint32_t *x, const uint32_t *y) {
  uint32_t borrow = 0;
  UNROLLED for (int i = 0; i < LIMBS; i++) {
    uint32_t a = x[i], b = y[i], difference = a - b - borrow;
    borrow = ((~a & b) | ((~a | b) & difference)) >> 31;
    r[i] = difference;
  }
  return borrow;
}

/* r = x + carry * 2^(32 * LIMBS), less the prime if it is not below it. */
CONSTANT void field_reduce(uint32_t *r, const uint32_t *x, uint32_t carry) {
  field_words less;
  uint32_t borrow = field_subtract(less, x, field_prime);
  uint32_t keep = field_mask(borrow & ~carry & 1);
  UNROLLED for (int i = 0; i < LIMBS; i++) r[i] = (x[i] & keep) | (less[i] & ~keep);
}

FIELD(_add)(uint32_t *r, const uint32_t *x, const uint32_t *y) {
  field_words sum;
  uint32_t carry = field_add(sum, x, y, ~0u);
  field_reduce(r, sum, carry);
}

FIELD(_sub)(uint32_t *r, const uint32_t *x, const uint32_t *y) {
  field_words difference;
  uint32_t borrow = field_subtract(difference, x, y);
  field_add(r, difference, field_prime, field_mask(borrow));
}

/* A column: what is carried into it and products of limbs. */
struct field_column {
  uint32_t sum, high;
};

CONSTANT void field_column_add(struct field_column *column, uint32_t x, uint32_t y) {
#ifdef __XTENSA__
  /* One piece: the compiler would make all products first, and keep them in memory. */
  uint32_t product;
  __asm__("mull %0, %3, %4\n"
          "add %1, %1, %0\n"
          "slli %0, %3, 32 - %5\n"
          LX6_MULUH("%0", "%0", "%4")
          "add %2, %2, %0\n"
          : "=&a"(product), "+a"(column->sum), "+a"(column->high)
          : "a"(x), "a"(y), "i"(LIMB_BITS));
#else
  column->sum += x * y;
  column->high += muluh(x << (32 - LIMB_BITS), y);
#endif
}

/* The sum's lower LIMB_BITS bits and those above, which a column's sum of lower parts may have. */
CONSTANT uint32_t field_column_low(const struct field_column *column) {
  return column->sum - (column->high << LIMB_BITS);
}

CONSTANT void field_column_next(struct field_column *column) {
  uint32_t carried = column->high + (field_column_low(column) >> LIMB_BITS);
  *column = (struct field_column){carried, carried >> LIMB_BITS};
}

/* From limbs to words. What does not fit into the words is returned. */
CONSTANT uint32_t field_pack(uint32_t *words, const uint32_t *limbs) {
  UNROLLED for (int i = 0; i <= LIMBS; i++) {
    int limb = 32 * i / LIMB_BITS, shift = 32 * i % LIMB_BITS;
    uint32_t word = limb < FIELD_LIMBS ? limbs[limb] >> shift : 0;
    if (limb + 1 < FIELD_LIMBS) word |= limbs[limb + 1] << (LIMB_BITS - shift);
    if (2 * LIMB_BITS - shift < 32 && limb + 2 < FIELD_LIMBS) word |= limbs[limb + 2] << (2 * LIMB_BITS - shift);
    if (i == LIMBS) return word;
    words[i] = word;
  }
  return 0;
}

/* r = x * y / R; x * y < R * prime. */
FIELD(_mul)(uint32_t *r, const uint32_t *x, const uint32_t *y) {
  uint32_t a[FIELD_LIMBS], b[FIELD_LIMBS], q[FIELD_LIMBS], result[FIELD_LIMBS];
  field_words words;
  UNROLLED for (int i = 0; i < FIELD_LIMBS; i++) {
    a[i] = field_limb(x, LIMBS, i);
    b[i] = field_limb(y, LIMBS, i);
  }
  struct field_column column = {0, 0};
  UNROLLED for (int c = 0; c < 2 * FIELD_LIMBS - 1; c++) {
    UNROLLED for (int i = 0; i < FIELD_LIMBS; i++) {
      if (c - i >= 0 && c - i < FIELD_LIMBS) field_column_add(&column, a[i], b[c - i]);
    }
    UNROLLED for (int i = 0; i < FIELD_LIMBS; i++) {
      if (i < c && c - i < FIELD_LIMBS) {
        uint32_t prime = field_limb(field_prime, LIMBS, c - i);
        if (prime != 0) field_column_add(&column, q[i], prime);
      }
    }
    if (c < FIELD_LIMBS) {
      q[c] = field_column_low(&column) * field_inverse() & FIELD_MASK;
      field_column_add(&column, q[c], field_limb(field_prime, LIMBS, 0));
    } else {
      result[c - FIELD_LIMBS] = field_column_low(&column) & FIELD_MASK;
    }
    field_column_next(&column);
  }
  result[FIELD_LIMBS - 1] = column.sum;
  uint32_t above = field_pack(words, result);
  field_reduce(r, words, above);
}

FIELD(_square)(uint32_t *r, const uint32_t *x) { MAKE_FN_NAME(CURVE_DESCRIPTION, _mul)(r, x, x); }

FIELD(_to_montgomery)(uint32_t *r, const uint32_t *x) {
  MAKE_FN_NAME(CURVE_DESCRIPTION, _mul)(r, x, field_r_squared);
}

FIELD(_from_montgomery)(uint32_t *r, const uint32_t *x) {
  field_words one = {1};
  MAKE_FN_NAME(CURVE_DESCRIPTION, _mul)(r, x, one);
}

FIELD(_set_one)(uint32_t *r) {
  field_words one = {1};
  MAKE_FN_NAME(CURVE_DESCRIPTION, _to_montgomery)(r, one);
}

FIELD(_nonzero)(uint32_t *r, const uint32_t *x) {
  uint32_t bits = 0;
  for (int i = 0; i < LIMBS; i++) bits |= x[i];
  *r = bits;
}

/* The one for 0, the other for 1. */
FIELD(_selectznz)(uint32_t *r, uint8_t which, const uint32_t *zero, const uint32_t *one) {
  uint32_t mask = field_mask(which);
  UNROLLED for (int i = 0; i < LIMBS; i++) r[i] = (zero[i] & ~mask) | (one[i] & mask);
}

/* Bytes, too, have the lowest first. */
FIELD(_from_bytes)(uint32_t *r, const uint8_t *bytes) {
  r[LIMBS - 1] = 0;
  memcpy(r, bytes, FIELD_BYTES);
}

FIELD(_to_bytes)(uint8_t *bytes, const uint32_t *x) { memcpy(bytes, x, FIELD_BYTES); }

/* out = R / in, by Fermat: in^(prime - 2). The exponent is no secret. */
__attribute__((unused)) static void inversion(field_words out, const field_words in) {
  field_words powers[1 << FIELD_WINDOW], exponent;
  memcpy(exponent, field_prime, sizeof exponent);
  uint32_t borrow = 2;
  for (int i = 0; i < LIMBS; i++) {
    uint32_t before = exponent[i];
    exponent[i] = before - borrow;
    borrow = before < borrow;
  }
  MAKE_FN_NAME(CURVE_DESCRIPTION, _set_one)(powers[0]);
  MAKE_FN_NAME(CURVE_DESCRIPTION, _to_montgomery)(powers[1], in);
  for (int i = 2; i < 1 << FIELD_WINDOW; i++) {
    MAKE_FN_NAME(CURVE_DESCRIPTION, _mul)(powers[i], powers[i - 1], powers[1]);
  }
  field_words power;
  memcpy(power, powers[0], sizeof power);
  for (int bit = 32 * LIMBS - FIELD_WINDOW; bit >= 0; bit -= FIELD_WINDOW) {
    for (int i = 0; i < FIELD_WINDOW; i++) MAKE_FN_NAME(CURVE_DESCRIPTION, _square)(power, power);
    uint32_t index = exponent[bit / 32] >> bit % 32 & ((1 << FIELD_WINDOW) - 1);
    if (index != 0) MAKE_FN_NAME(CURVE_DESCRIPTION, _mul)(power, power, powers[index]);
  }
  memcpy(out, power, sizeof power);
}
