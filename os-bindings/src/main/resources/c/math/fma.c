/* SPDX-License-Identifier: Apache-2.0 */
/* The fused multiplication and addition: the product exact in 128 bits, what is cut off in the sum kept as one bit that says
   whether there was something, one rounding. */

#include <math.h>

#include "extended.h"

/* magnitude * 2^(exponent - 127), bit 127 of the magnitude set. */
struct wide {
  uint64_t high, low;
  int exponent;
  bool negative;
};

static void shift_left(struct wide *a) {
  a->high = a->high << 1 | a->low >> 63;
  a->low <<= 1;
  a->exponent--;
}

static void shift_right(struct wide *a, int places) {
  a->exponent += places;
  while (places >= 64) {
    a->low = a->high | (a->low != 0);
    a->high = 0;
    places = places >= 192 ? 64 : places - 64;
  }
  if (places == 0) return;
  bool lost = a->low << (64 - places) != 0;
  a->low = a->high << (64 - places) | a->low >> places | lost;
  a->high >>= places;
}

static struct wide exact_product(struct extended x, struct extended y) {
  struct wide a = {.exponent = x.exponent + y.exponent + 1, .negative = x.negative ^ y.negative};
  a.high = mul64(x.significand, y.significand, &a.low);
  if (!(a.high >> 63)) shift_left(&a);
  return a;
}

static bool is_larger(struct wide a, struct wide b) {
  if (a.exponent != b.exponent) return a.exponent > b.exponent;
  return a.high != b.high ? a.high > b.high : a.low > b.low;
}

static struct wide sum(struct wide a, struct wide b) {
  if (is_larger(b, a)) {
    struct wide swapped = a;
    a = b;
    b = swapped;
  }
  shift_right(&b, a.exponent - b.exponent);
  if (a.negative == b.negative) {
    a.low += b.low;
    uint64_t high = a.high + b.high, carried = high + (a.low < b.low);
    bool carry = high < a.high || carried < high;
    a.high = carried;
    if (carry) {
      shift_right(&a, 1);
      a.high |= (uint64_t)1 << 63;
    }
  } else {
    a.high -= b.high + (a.low < b.low);
    a.low -= b.low;
  }
  return a;
}

double fma(double x, double y, double z) {
  if (!is_finite(x) || !is_finite(y) || is_zero(x) || is_zero(y)) return x * y + z;
  if (!is_finite(z)) return z + z;
  if (is_zero(z)) return x * y;
  struct extended addend = ext_of_double(z);
  struct wide a = sum(exact_product(ext_of_double(x), ext_of_double(y)),
                      (struct wide){addend.significand, 0, addend.exponent, addend.negative});
  if ((a.high | a.low) == 0) return 0;
  while (!(a.high >> 63)) shift_left(&a);
  return ext_to_double((struct extended){a.high | (a.low != 0), a.exponent, a.negative});
}
