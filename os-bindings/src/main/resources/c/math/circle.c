/* SPDX-License-Identifier: Apache-2.0 */
/* Sine, cosine and tangent. The argument is multiplied by so many bits of 2 / pi that the fraction has 64 significant bits
   whatever quadrants are cut off (M. Payne and R. Hanek, Radian reduction for trigonometric functions). */

#include <math.h>

#include "extended.h"
#include "series.h"
#include "words.h"

/* 2 / pi: what the largest double needs. */
#define WORDS 19
static const uint64_t two_over_pi[WORDS] = {
    0xA2F9836E4E441529, 0xFC2757D1F534DDC0, 0xDB6295993C439041, 0xFE5163ABDEBBC561,
    0xB7246E3A424DD2E0, 0x06492EEA09D1921C, 0xFE1DEB1CB129A73E, 0xE88235F52EBB4484,
    0xE99C7026B45F7E41, 0x3991D639835339F4, 0x9C845F8BBDF9283B, 0x1FF897FFDE05980F,
    0xEF2F118B5A0A6D1F, 0x6D367ECF27CB09B7, 0x4F463F669E5FEA2D, 0x7527BAC7EBE5F17B,
    0x3D0739F78A5292EA, 0x6BFB5FB11F8D5D08, 0x56033046FC7B6BAB};

/* Words that matter for one argument: 64 bits of the result, 62 that may be cut off in front of them, the argument's own, and
   63 because the first word is one that begins in reach. */
#define USED 4

#define HALF_PI ((struct extended){0xC90FDAA22168C235, 0, false})
#define QUARTER_PI 0xC90FDAA2 /* the upper word of pi / 4's significand */

/* x less the nearest multiple of pi / 2; how many, modulo 4, is the result. */
static int reduce(struct extended *x) {
  uint64_t words[USED + 1];
  if (x->exponent < -1 || (x->exponent == -1 && x->significand >> 32 < QUARTER_PI)) return 0;
  int skipped = x->exponent > 54 ? (x->exponent - 54) / 64 : 0;
  words_multiply(words, two_over_pi + skipped, USED, x->significand);
  int point = x->exponent + 1 - 64 * skipped;
  int quadrant = (int)words_bits(words, USED + 1, point - 64) & 3;
  uint64_t high = words_bits(words, USED + 1, point), low = words_bits(words, USED + 1, point + 64);
  bool above = high >> 63;
  if (above) {
    quadrant++;
    low = ~low;
    high = ~high;
  }
  struct extended rest = ext_of_fixed(high, -1);
  int shift = -1 - rest.exponent;
  if (shift > 0) rest.significand |= low >> (64 - shift);
  bool negative = x->negative;
  *x = ext_multiply(rest, HALF_PI);
  x->negative = negative ^ above;
  return negative ? -quadrant : quadrant;
}

static struct extended sine(struct extended x) {
  uint64_t sum = series(inverse_factorials, 1, 21, 2, ext_square(x), true);
  return ext_multiply(x, ext_of_fixed(sum, 0));
}

static struct extended cosine(struct extended x) {
  return ext_of_fixed(series(inverse_factorials, 0, 20, 2, ext_square(x), true), 0);
}

/* The sine of x and so many quadrants. */
static double sine_from(double x, int quadrant) {
  if (!is_finite(x)) return x - x;
  struct extended a = ext_of_double(x);
  quadrant += reduce(&a);
  struct extended result = quadrant & 1 ? cosine(a) : sine(a);
  return ext_to_double(quadrant & 2 ? ext_negate(result) : result);
}

double sin(double x) { return sine_from(x, 0); }

double cos(double x) { return sine_from(x, 1); }

double tan(double x) {
  if (!is_finite(x)) return x - x;
  struct extended a = ext_of_double(x);
  int quadrant = reduce(&a);
  struct extended s = sine(a), c = cosine(a);
  return ext_to_double(quadrant & 1 ? ext_negate(ext_divide(c, s)) : ext_divide(s, c));
}
