/* SPDX-License-Identifier: Apache-2.0 */

#include "decimal.h"

#include <string.h>

#define BASE 1000000000u

static const uint32_t powers[] = {1,      10,      100,      1000,      10000,
                                  100000, 1000000, 10000000, 100000000, BASE};

/* Multiplies an integer by 2^shift, shift <= 29. Words grow towards the front, which has room. */
static void shift_left(struct decimal *d, int *first, int shift) {
  uint32_t carry = 0;
  for (int i = d->count - 1; i >= *first; i--) {
    uint64_t word = ((uint64_t)d->words[i] << shift) + carry;
    carry = (uint32_t)(word / BASE);
    d->words[i] = (uint32_t)(word - (uint64_t)carry * BASE);
  }
  if (carry != 0) d->words[--*first] = carry;
}

/* Divides by 2^shift, shift <= 9: then no digits are needed beyond one more word. */
static void shift_right(struct decimal *d, int *first, int shift) {
  uint32_t carry = 0, unit = BASE >> shift, mask = (1u << shift) - 1;
  for (int i = *first; i < d->count; i++) {
    uint32_t word = d->words[i];
    d->words[i] = (word >> shift) + carry;
    carry = (word & mask) * unit;
  }
  if (carry != 0) d->words[d->count++] = carry;
  if (d->words[*first] == 0 && *first < d->count - 1) ++*first;
}

void decimal_of_double(struct decimal *d, double x) {
  uint64_t bits, integer;
  memcpy(&bits, &x, sizeof bits);
  int exponent = (int)(bits >> 52 & 0x7FF);
  integer = bits & 0x000FFFFFFFFFFFFFu;
  if (exponent == 0) {
    exponent = 1;
  } else {
    integer |= (uint64_t)1 << 52;
  }
  exponent -= 1075; /* now x = integer * 2^exponent */
  memset(d, 0, sizeof *d);
  /* 2^1024 has 35 words. */
  d->point = d->count = exponent > 0 ? 38 : 4;
  int first = d->count - 2;
  d->words[first] = (uint32_t)(integer / BASE);
  d->words[first + 1] = (uint32_t)(integer % BASE);
  while (exponent > 0) {
    int shift = exponent < 29 ? exponent : 29;
    shift_left(d, &first, shift);
    exponent -= shift;
  }
  while (exponent < 0) {
    int shift = exponent > -9 ? -exponent : 9;
    shift_right(d, &first, shift);
    exponent += shift;
  }
}

int decimal_digit(const struct decimal *d, int i) {
  if (i < 0 || i >= d->count * DECIMAL_DIGITS) return 0;
  return (int)(d->words[i / DECIMAL_DIGITS] / powers[8 - i % DECIMAL_DIGITS] % 10);
}

int decimal_first(const struct decimal *d) {
  int i = 0;
  while (i < d->count && d->words[i] == 0) i++;
  if (i == d->count) return d->point * DECIMAL_DIGITS;
  i *= DECIMAL_DIGITS;
  while (decimal_digit(d, i) == 0) i++;
  return i;
}

void decimal_round(struct decimal *d, int digits) {
  int last = digits / DECIMAL_DIGITS, kept = digits % DECIMAL_DIGITS;
  if (last >= d->count) return;
  uint32_t unit = powers[DECIMAL_DIGITS - kept], rest = d->words[last] % unit;
  bool odd = kept > 0 ? d->words[last] / unit & 1 : d->words[last - 1] & 1;
  bool more = false;
  for (int i = last + 1; i < d->count; i++) more |= d->words[i] != 0;
  d->words[last] -= rest;
  d->count = last + 1;
  if (rest > unit / 2 || (rest == unit / 2 && (more || odd))) {
    d->words[last] += unit;
    for (; d->words[last] >= BASE; last--) {
      d->words[last] -= BASE;
      d->words[last - 1]++;
    }
  }
}
