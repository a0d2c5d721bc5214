/* SPDX-License-Identifier: Apache-2.0 */
/* The angle of a point. The nearest of eight angles whose tangent is a multiple of 1/8 is taken from it, by turning the point; the
   series of what is left has few terms. */

#include <math.h>

#include "extended.h"
#include "series.h"

#define EIGHTHS 8
#define TERMS 9

#define PI ((struct extended){0xC90FDAA22168C235, 1, false})

/* arctan (i / 8), of 64 bits behind the point */
static const uint64_t angles[EIGHTHS + 1] = {
    0x0000000000000000, 0x1FD5BA9AAC2F6DC6, 0x3EB6EBF25901BAC5, 0x5BD86507937BC23A,
    0x76B19C1586ED3DA3, 0x8F005D5EF7F59F9B, 0xA4BC7D1934F70924, 0xB8053E2BC2319E74,
    0xC90FDAA22168C235};

/* 8 y / x to the nearest integer, for 0 <= y <= x */
static int eighths(struct extended y, struct extended x) {
  int shift = x.exponent - y.exponent;
  if (y.significand == 0 || shift > EIGHTHS) return 0;
  uint32_t high_x = (uint32_t)(x.significand >> 36), high_y = (uint32_t)(y.significand >> 36) >> shift;
  return (int)((EIGHTHS * high_y + high_x / 2) / high_x);
}

/* The angle of a point (x, y) with 0 <= y <= x, x > 0. */
static struct extended half_quadrant(struct extended y, struct extended x) {
  int i = eighths(y, x);
  struct extended tangent = ext_of_int(i);
  struct extended turned_y = ext_subtract(ext_scale(y, 3), ext_multiply(tangent, x));
  struct extended turned_x = ext_add(ext_scale(x, 3), ext_multiply(tangent, y));
  struct extended t = ext_divide(turned_y, turned_x);
  uint64_t sum = series(odd_reciprocals, 0, TERMS, 1, ext_square(t), true);
  return ext_add(ext_of_fixed(angles[i], -1), ext_multiply(t, ext_of_fixed(sum, 0)));
}

static bool is_larger(struct extended a, struct extended b) {
  if (a.significand == 0 || b.significand == 0) return a.significand > b.significand;
  return a.exponent != b.exponent ? a.exponent > b.exponent : a.significand > b.significand;
}

/* The angle of a point that is not the origin, between -pi and pi. */
static struct extended angle(struct extended y, struct extended x) {
  bool below = y.negative, left = x.negative;
  y.negative = x.negative = false;
  struct extended a = is_larger(y, x) ? ext_subtract(ext_scale(PI, -1), half_quadrant(x, y)) : half_quadrant(y, x);
  if (left) a = ext_subtract(PI, a);
  a.negative = below;
  return a;
}

/* For the extremes: infinity as a large number, and the origin with 1 as a small one. */
static struct extended coordinate(double x, bool beside_infinity) {
  if (is_infinite(x)) return (struct extended){EXT_ONE.significand, 1024, is_negative(x)};
  struct extended a = ext_of_double(beside_infinity ? 0 : x);
  a.negative = is_negative(x);
  return a;
}

double atan2(double y, double x) {
  if (is_nan(x) || is_nan(y)) return x + y;
  bool infinite = is_infinite(x) || is_infinite(y);
  struct extended a = coordinate(y, infinite), b = coordinate(x, infinite);
  if (is_zero(x) && is_zero(y)) b.significand = EXT_ONE.significand;
  return ext_to_double(angle(a, b));
}

double atan(double x) { return atan2(x, 1); }

/* Of a number between -1 and 1: the other leg of its triangle. */
static struct extended leg(struct extended x) {
  return ext_root(ext_multiply(ext_subtract(EXT_ONE, x), ext_add(EXT_ONE, x)));
}

/* Then hosts give a number that is not one without a sign. */
static bool is_beyond_one(double x) { return (bits_of(x) & ~SIGN_BIT) > 0x3FF0000000000000u; }

double asin(double x) {
  if (is_beyond_one(x)) return is_nan(x) ? x + x : NAN;
  struct extended y = ext_of_double(x);
  return ext_to_double(angle(y, leg(y)));
}

double acos(double x) {
  if (is_beyond_one(x)) return is_nan(x) ? x + x : NAN;
  struct extended a = ext_of_double(x);
  return ext_to_double(angle(leg(a), a));
}
