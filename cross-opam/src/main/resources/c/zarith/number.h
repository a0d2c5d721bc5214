/* SPDX-License-Identifier: Apache-2.0 */
/* Integers with a sign, in memory that is taken while a primitive runs and given back by it as a whole. */

#ifndef ZARITH_NUMBER_H
#define ZARITH_NUMBER_H

#include "limbs.h"

/* Trimmed: the uppermost limb is not 0; zero has size 0 and is not negative. */
struct number {
  limb *at;
  int size;
  int negative;
};

/* Memory for n limbs, until z_release(). Raises Out_of_memory, when all is released too. */
limb *z_take(int n);

/* Gives back all that was taken. */
void z_release(void);

/* What was taken behind a mark is given back early. */
int z_mark(void);
void z_release_to(int mark);

/* For loops: gives back what was taken behind the mark, when that is much, but for the numbers named, which move. */
void z_keep(int mark, int count, struct number *const numbers[]);

#define Z_KEEP(mark, ...)                                    \
  z_keep(mark, sizeof((struct number *[]){__VA_ARGS__}) / sizeof(struct number *), \
         (struct number *const[]){__VA_ARGS__})

struct number z_make(limb *at, int size, int negative);
struct number z_of_limb(limb x);
struct number z_copy(struct number a);
struct number z_negate(struct number a);

int z_compare(struct number a, struct number b);
int z_bits(struct number a);
int z_is_odd(struct number a);
int z_is_one(struct number a);

struct number z_add(struct number a, struct number b);
struct number z_subtract(struct number a, struct number b);
struct number z_multiply(struct number a, struct number b);
struct number z_multiply_by(struct number a, limb b);
struct number z_shift_left(struct number a, int count);

/* Of the magnitude: towards zero. */
struct number z_shift_right(struct number a, int count);

/* Where a division rounds to. */
enum rounding { TRUNCATE, FLOOR, CEILING };

/* b is not 0; both results may be NULL. */
void z_divide(struct number a, struct number b, enum rounding to, struct number *quotient, struct number *rest);

/* 0 <= result < |b|. */
struct number z_modulo(struct number a, struct number b);

/* The exponent is no number of limbs' size: base^exponent has to fit into memory. */
struct number z_power(struct number base, unsigned exponent);

#endif
