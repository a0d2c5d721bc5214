/* SPDX-License-Identifier: Apache-2.0 */

#ifndef MATH_EXPONENTIAL_H
#define MATH_EXPONENTIAL_H

#include "extended.h"

/* A power of two whose exponent is so large overflows, and underflows below. */
#define BEYOND 20000

/* 2^(whole + fraction / 2^64); 2 to the negative of that if it is negative. */
struct extended power_of_two(unsigned whole, uint64_t fraction, bool negative);

/* e^x */
struct extended ext_exp(struct extended x);

#endif
