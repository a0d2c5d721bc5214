/* SPDX-License-Identifier: Apache-2.0 */
/* Z.t: an OCaml integer where that is enough, else a custom block of a word with the sign (bit 31) and the size, and the limbs. */

#ifndef ZARITH_VALUE_H
#define ZARITH_VALUE_H

#include <caml/mlvalues.h>

#include "number.h"

/* The number that a value stands for. Its limbs may lie in the OCaml heap: good until something is allocated there. */
struct number z_of_value(value v);

/* The value; all memory that was taken is released. */
value z_result(struct number a);

/* A pair of values; all memory that was taken is released. */
value z_results(struct number a, struct number b);

/* Values alone, nothing is released. The others' limbs must not lie in the OCaml heap. */
value z_to_value(struct number a);

int z_sign(struct number a);

/* They release all memory that was taken. */
_Noreturn void z_raise_overflow(void);
_Noreturn void z_raise_divide_by_zero(void);
_Noreturn void z_invalid_argument(const char *message);

#endif
