/* SPDX-License-Identifier: Apache-2.0 */
/* Natural numbers as arrays of 32-bit limbs, the least significant first. Sizes are in limbs; where two operands have
   sizes, the first is the longer one. Results may lie over an operand that begins at the same place, unless said otherwise. */

#ifndef ZARITH_LIMBS_H
#define ZARITH_LIMBS_H

#include <stdint.h>

typedef uint32_t limb;

enum { LIMB_BITS = 32 };

/* Without leading zeros. */
int limbs_trimmed(const limb *a, int n);

/* -1, 0 or 1; both trimmed. */
int limbs_compare(const limb *a, int an, const limb *b, int bn);

/* r (an limbs) = a + b; the carry. */
limb limbs_add(limb *r, const limb *a, int an, const limb *b, int bn);

/* r (an limbs) = a - b; the borrow. */
limb limbs_subtract(limb *r, const limb *a, int an, const limb *b, int bn);

/* r (n limbs) += a * b; the limb that goes over. */
limb limbs_add_product(limb *r, const limb *a, int n, limb b);

/* r (an + bn limbs) = a * b; r apart from both. */
void limbs_multiply(limb *r, const limb *a, int an, const limb *b, int bn);

/* r (n limbs) = a * b + c; the limb that goes over. */
limb limbs_multiply_by_limb(limb *r, const limb *a, int n, limb b, limb c);

/* q (n limbs) = a / b; the rest. */
limb limbs_divide_by_limb(limb *q, const limb *a, int n, limb b);

/* a (an + 1 limbs, the uppermost 0) becomes a mod b (bn limbs), q (an - bn + 1 limbs) is a / b; b trimmed, and changed
   while this runs alone; q apart from both, or NULL. */
void limbs_divide(limb *q, limb *a, int an, limb *b, int bn);

/* r (n limbs) = a * 2^shift, 0 <= shift < 32; the bits that go over. r may lie higher than a. */
limb limbs_shift_left(limb *r, const limb *a, int n, int shift);

/* r (n limbs) = a / 2^shift, 0 <= shift < 32; the bits that are lost, in the upper part of the limb. r may lie lower than a. */
limb limbs_shift_right(limb *r, const limb *a, int n, int shift);

#endif
