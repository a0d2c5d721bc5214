/* SPDX-License-Identifier: Apache-2.0 */

#include "words.h"

#include "lx6.h"

void words_multiply(uint64_t *product, const uint64_t *words, int count, uint64_t factor) {
  uint64_t carry = 0;
  for (int i = count - 1; i >= 0; i--) {
    uint64_t low, high = mul64(words[i], factor, &low);
    product[i + 1] = low + carry;
    carry = high + (product[i + 1] < low);
  }
  product[0] = carry;
}

static uint64_t word(const uint64_t *words, int count, int i) { return i >= 0 && i < count ? words[i] : 0; }

uint64_t words_bits(const uint64_t *words, int count, int place) {
  int i = place >> 6, shift = place & 63;
  uint64_t bits = word(words, count, i) << shift;
  return shift == 0 ? bits : bits | word(words, count, i + 1) >> (64 - shift);
}
