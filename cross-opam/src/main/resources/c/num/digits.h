/* SPDX-License-Identifier: Apache-2.0 */
/* Natural numbers as digits of a machine word, the lowest first. Carries are 0 or 1 where nothing else is said. */

#ifndef NUM_DIGITS_H
#define NUM_DIGITS_H

#include <stdint.h>

#if UINTPTR_MAX > 0xffffffff
typedef uint64_t digit;
typedef unsigned __int128 two_digits;
#else
typedef uint32_t digit;
typedef uint64_t two_digits;
#endif

enum { DIGIT_BITS = 8 * sizeof(digit) };

/* Without zeros at the top; at least 1. */
int digits_used(const digit *a, int size);

int digits_leading_zeros(digit x);

/* -1, 0 or 1. */
int digits_compare(const digit *a, int a_size, const digit *b, int b_size);

/* a += carry, a -= carry, a += b + carry, a -= b + carry; a is the longer. The result is what is carried out. */
digit digits_increment(digit *a, int size, digit carry);
digit digits_decrement(digit *a, int size, digit carry);
digit digits_add(digit *a, int a_size, const digit *b, int b_size, digit carry);
digit digits_subtract(digit *a, int a_size, const digit *b, int b_size, digit carry);

/* a += b * x; the carry is a digit when both are of one size. */
digit digits_add_product(digit *a, int a_size, const digit *b, int b_size, digit x);

/* Within a digit, 0 <= count < DIGIT_BITS; the result is what is shifted out, at its place in a digit beyond. */
digit digits_shift_left(digit *a, int size, int count);
digit digits_shift_right(digit *a, int size, int count);

/* quotient[0 .. size - 2] = a / x; the rest. The uppermost digit of a is below x. */
digit digits_divide_by(digit *quotient, const digit *a, int size, digit x);

/* a[b_size ..] = a / b, a[.. b_size - 1] = the rest. a is longer, and its uppermost digit below b's, which is not 0.
   b is changed while this runs. */
void digits_divide(digit *a, int a_size, digit *b, int b_size);

#endif
