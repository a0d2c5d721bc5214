/* SPDX-License-Identifier: Apache-2.0 */
/* Powers modulo an odd number. */

#ifndef ZARITH_MONTGOMERY_H
#define ZARITH_MONTGOMERY_H

#include "number.h"

/* 0 <= base < modulus, modulus odd and positive, exponent not negative. */
struct number montgomery_power(struct number base, struct number exponent, struct number modulus);

/* The same, with the same instructions and addresses for all bases and exponents of the same size. */
struct number montgomery_power_secret(struct number base, struct number exponent, struct number modulus);

#endif
