/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers with 64 bits of significand, eleven more than a double: what the functions of this folder are computed in, so
   that a result is rounded once, at its end. No infinities, nothing that is not a number, exponents without a limit that
   matters. Operations truncate: each errs by less than 2^-63 of its result, a sum of its larger operand. */

#ifndef MATH_EXTENDED_H
#define MATH_EXTENDED_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "lx6.h"

/* significand * 2^(exponent - 63), bit 63 of the significand set; or 0. */
struct extended {
  uint64_t significand;
  int32_t exponent;
  bool negative;
};

#define EXT_ONE ((struct extended){(uint64_t)1 << 63, 0, false})
#define EXT_LN2 ((struct extended){0xB17217F7D1CF79AC, -1, false})

static inline uint64_t bits_of(double x) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

static inline double of_bits(uint64_t bits) {
  double x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

#define SIGN_BIT ((uint64_t)1 << 63)
#define INFINITY_BITS 0x7FF0000000000000u

static inline bool is_negative(double x) { return bits_of(x) >> 63; }
static inline bool is_zero(double x) { return bits_of(x) << 1 == 0; }
static inline bool is_nan(double x) { return (bits_of(x) & ~SIGN_BIT) > INFINITY_BITS; }
static inline bool is_infinite(double x) { return (bits_of(x) & ~SIGN_BIT) == INFINITY_BITS; }
static inline bool is_finite(double x) { return (bits_of(x) & ~SIGN_BIT) < INFINITY_BITS; }

/* What an operation without a result gives, as the division 0 / 0 does. */
static inline double invalid(void) { return of_bits(0xFFF8000000000000u); }

static inline struct extended ext_negate(struct extended a) {
  a.negative = !a.negative;
  return a;
}

/* a * 2^n */
static inline struct extended ext_scale(struct extended a, int n) {
  a.exponent += n;
  return a;
}

/* The product of two fractions of 64 bits. */
static inline uint64_t product(uint64_t a, uint64_t b) {
  uint64_t low;
  return mul64(a, b, &low);
}

/* high * 2^64 / divisor, where high < divisor and bit 63 of the divisor is set. */
uint64_t wide_quotient(uint64_t high, uint64_t divisor, uint64_t *rest);

/* The number of a finite double, exactly. */
struct extended ext_of_double(double x);

/* Rounded to nearest; infinite where it is too large. */
double ext_to_double(struct extended a);

struct extended ext_of_int(int n);

/* magnitude * 2^(exponent - 63) */
struct extended ext_of_fixed(uint64_t magnitude, int exponent);

struct extended ext_add(struct extended a, struct extended b);
struct extended ext_subtract(struct extended a, struct extended b);
struct extended ext_multiply(struct extended a, struct extended b);

/* b is not 0. */
struct extended ext_divide(struct extended a, struct extended b);

/* a is not negative. */
struct extended ext_root(struct extended a);

/* |a| and a^2 as fractions of 64 bits; |a| < 1. */
uint64_t ext_fraction(struct extended a);
uint64_t ext_square(struct extended a);

#endif
