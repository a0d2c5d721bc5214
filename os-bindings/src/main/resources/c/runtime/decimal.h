/* SPDX-License-Identifier: Apache-2.0 */
/* Exact conversion between doubles and decimal digits. */

#ifndef DECIMAL_H
#define DECIMAL_H

#include <stdbool.h>
#include <stdint.h>

/* A number in base 10^9, most significant word first; the words before point are its integer part.
   Word 0 is 0 but for what rounding carries into it. 310 digits before the point and 1074 behind are
   more than any double has. */
#define DECIMAL_WORDS 160
#define DECIMAL_DIGITS 9 /* a word's */

struct decimal {
  int point, count;
  uint32_t words[DECIMAL_WORDS];
};

/* The exact value of a finite number that is not negative. */
void decimal_of_double(struct decimal *d, double x);

/* Digit i, counted from the first digit of word 0; beyond the words all digits are 0. */
int decimal_digit(const struct decimal *d, int i);

/* The first digit that is not 0; the first one behind the point if all are. */
int decimal_first(const struct decimal *d);

/* Keeps the first digits and rounds the rest to nearest, ties to even. */
void decimal_round(struct decimal *d, int digits);

#endif
