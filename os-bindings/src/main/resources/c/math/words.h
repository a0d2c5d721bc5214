/* SPDX-License-Identifier: Apache-2.0 */
/* Fractions longer than 64 bits, as words of 64 with the most significant first: where a whole number is cut off a
   product, and what remains must have all its bits. */

#ifndef MATH_WORDS_H
#define MATH_WORDS_H

#include <stdint.h>

/* The product of count words and a factor: count + 1 words. */
void words_multiply(uint64_t *product, const uint64_t *words, int count, uint64_t factor);

/* The 64 bits from a place on, counted from the most significant bit; beyond the words all bits are 0. */
uint64_t words_bits(const uint64_t *words, int count, int place);

#endif
