/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers modulo others. */

#ifndef ZARITH_MODULAR_H
#define ZARITH_MODULAR_H

#include "number.h"

struct number z_gcd(struct number a, struct number b);

/* The divisor, not negative, of the magnitudes, and the factor with |a| * factor + |b| * something = divisor:
   |factor| <= |b| / (2 * divisor) or, where b divides a, 0. */
struct number z_gcd_factor(struct number a, struct number b, struct number *factor);

/* 0 <= inverse < |modulus|; of 1 and -1 there is one modulo 0 too, themselves. Returns 0 when there is none. */
int z_inverse(struct number a, struct number modulus, struct number *inverse);

/* The exponent is not negative, the modulus not 0. */
struct number z_power_modulo(struct number base, struct number exponent, struct number modulus);

#endif
