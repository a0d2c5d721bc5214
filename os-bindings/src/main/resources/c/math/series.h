/* SPDX-License-Identifier: Apache-2.0 */
/* Power series in fixed point: an argument of 64 bits behind the point, a sum of 63. */

#ifndef MATH_SERIES_H
#define MATH_SERIES_H

#include <stdbool.h>
#include <stdint.h>

#define INVERSE_FACTORIALS 22
#define ODD_RECIPROCALS 14

/* 1 / n! */
extern const uint64_t inverse_factorials[INVERSE_FACTORIALS];

/* 1 / (2n + 1) */
extern const uint64_t odd_reciprocals[ODD_RECIPROCALS];

/* The sum of coefficients[first] + coefficients[first + step] t + coefficients[first + 2 step] t^2 + ..., the last one
   coefficients[last]; with every second term subtracted if the signs alternate. The sum must be below 2. */
uint64_t series(const uint64_t *coefficients, int first, int last, int step, uint64_t t, bool alternating);

#endif
