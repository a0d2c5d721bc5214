/* SPDX-License-Identifier: Apache-2.0 */
/* Rounding to whole numbers, in place of picolibc's: in its version 1.8 ceil and floor lose a carry at 2^51 and
   above, and trunc drops bits of some large numbers. */

#include <math.h>
#include <stdint.h>
#include <string.h>

#define MANTISSA 52
#define BIAS 1023

static uint64_t bits_of(double x) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

static double of_bits(uint64_t bits) {
  double x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

static int exponent(uint64_t bits) { return (int)(bits >> MANTISSA & 0x7FF) - BIAS; }

double trunc(double x) {
  uint64_t bits = bits_of(x);
  int e = exponent(bits);
  if (e >= MANTISSA) return x;
  if (e < 0) return of_bits(bits & (uint64_t)1 << 63);
  return of_bits(bits & ~(UINT64_MAX >> (64 - MANTISSA + e)));
}

double floor(double x) {
  double whole = trunc(x);
  return whole > x ? whole - 1.0 : whole;
}

double ceil(double x) {
  double whole = trunc(x);
  /* Above -1 it is the zero that keeps its sign. */
  return whole < x ? whole + 1.0 : whole;
}

/* Halves go away from zero. */
double round(double x) {
  double whole = trunc(x);
  double rest = x - whole;
  if (rest >= 0.5) return whole + 1.0;
  if (rest <= -0.5) return whole - 1.0;
  return whole;
}
