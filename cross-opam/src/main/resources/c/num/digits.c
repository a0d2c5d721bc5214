/* SPDX-License-Identifier: Apache-2.0 */
/* After Knuth, The Art of Computer Programming, volume 2, 4.3.1. */

#include "digits.h"

int digits_used(const digit *a, int size) {
  while (size > 1 && a[size - 1] == 0) size--;
  return size;
}

int digits_leading_zeros(digit x) {
  return x == 0 ? DIGIT_BITS : __builtin_clzll(x) - (64 - DIGIT_BITS);
}

int digits_compare(const digit *a, int a_size, const digit *b, int b_size) {
  while (a_size > 0 && a[a_size - 1] == 0) a_size--;
  while (b_size > 0 && b[b_size - 1] == 0) b_size--;
  if (a_size != b_size) return a_size < b_size ? -1 : 1;
  for (int i = a_size - 1; i >= 0; i--) {
    if (a[i] != b[i]) return a[i] < b[i] ? -1 : 1;
  }
  return 0;
}

digit digits_increment(digit *a, int size, digit carry) {
  for (int i = 0; i < size && carry != 0; i++) {
    a[i] += carry;
    carry = a[i] < carry;
  }
  return carry;
}

digit digits_decrement(digit *a, int size, digit carry) {
  for (int i = 0; i < size && carry != 0; i++) {
    digit before = a[i];
    a[i] = before - carry;
    carry = before < carry;
  }
  return carry;
}

digit digits_add(digit *a, int a_size, const digit *b, int b_size, digit carry) {
  for (int i = 0; i < b_size; i++) {
    two_digits sum = (two_digits)a[i] + b[i] + carry;
    a[i] = (digit)sum;
    carry = (digit)(sum >> DIGIT_BITS);
  }
  return digits_increment(a + b_size, a_size - b_size, carry);
}

digit digits_subtract(digit *a, int a_size, const digit *b, int b_size, digit carry) {
  for (int i = 0; i < b_size; i++) {
    two_digits difference = (two_digits)a[i] - b[i] - carry;
    a[i] = (digit)difference;
    carry = difference >> DIGIT_BITS != 0;
  }
  return digits_decrement(a + b_size, a_size - b_size, carry);
}

digit digits_add_product(digit *a, int a_size, const digit *b, int b_size, digit x) {
  digit carry = 0;
  for (int i = 0; i < b_size; i++) {
    two_digits sum = (two_digits)b[i] * x + a[i] + carry;
    a[i] = (digit)sum;
    carry = (digit)(sum >> DIGIT_BITS);
  }
  return digits_increment(a + b_size, a_size - b_size, carry);
}

digit digits_shift_left(digit *a, int size, int count) {
  digit out = 0;
  for (int i = 0; i < size && count > 0; i++) {
    digit above = a[i] >> (DIGIT_BITS - count);
    a[i] = a[i] << count | out;
    out = above;
  }
  return out;
}

digit digits_shift_right(digit *a, int size, int count) {
  digit out = 0;
  for (int i = size - 1; i >= 0 && count > 0; i--) {
    digit below = a[i] << (DIGIT_BITS - count);
    a[i] = a[i] >> count | out;
    out = below;
  }
  return out;
}

digit digits_divide_by(digit *quotient, const digit *a, int size, digit x) {
  digit rest = a[size - 1];
  for (int i = size - 2; i >= 0; i--) {
    two_digits upper = (two_digits)rest << DIGIT_BITS | a[i];
    quotient[i] = (digit)(upper / x);
    rest = (digit)(upper % x);
  }
  return rest;
}

/* The digit of the quotient from the three uppermost digits: right, or one too large. */
static digit estimate(const digit *top, digit b1, digit b2) {
  two_digits upper = (two_digits)top[0] << DIGIT_BITS | top[-1];
  if (top[0] >= b1) return (digit)-1;
  two_digits q = upper / b1, rest = upper % b1;
  while (q * b2 > (rest << DIGIT_BITS | top[-2])) {
    q--;
    rest += b1;
    if (rest >> DIGIT_BITS != 0) break;
  }
  return (digit)q;
}

/* a -= b * q in b's size and one more; the digit of the quotient that a is not negative with. */
static digit take_off(digit *a, const digit *b, int size, digit q) {
  digit product = 0, borrow = 0;
  for (int i = 0; i < size; i++) {
    two_digits p = (two_digits)b[i] * q + product;
    product = (digit)(p >> DIGIT_BITS);
    two_digits difference = (two_digits)a[i] - (digit)p - borrow;
    a[i] = (digit)difference;
    borrow = difference >> DIGIT_BITS != 0;
  }
  two_digits last = (two_digits)a[size] - product - borrow;
  a[size] = (digit)last;
  for (borrow = last >> DIGIT_BITS != 0; borrow != 0; q--) {
    digit carry = digits_add(a, size, b, size, 0);
    a[size] += carry;
    borrow = !(carry && a[size] == 0);
  }
  return q;
}

void digits_divide(digit *a, int a_size, digit *b, int b_size) {
  if (b_size == 1) {
    digit rest = a[a_size - 1];
    for (int i = a_size - 2; i >= 0; i--) {
      two_digits upper = (two_digits)rest << DIGIT_BITS | a[i];
      a[i + 1] = (digit)(upper / b[0]);
      rest = (digit)(upper % b[0]);
    }
    a[0] = rest;
    return;
  }
  int shift = digits_leading_zeros(b[b_size - 1]);
  digits_shift_left(b, b_size, shift);
  digits_shift_left(a, a_size, shift);
  for (int i = a_size - 1; i >= b_size; i--) {
    digit q = estimate(a + i, b[b_size - 1], b[b_size - 2]);
    /* What is left is below b: the digit above it is free for the quotient's. */
    a[i] = take_off(a + i - b_size, b, b_size, q);
  }
  digits_shift_right(a, b_size, shift);
  digits_shift_right(b, b_size, shift);
}
