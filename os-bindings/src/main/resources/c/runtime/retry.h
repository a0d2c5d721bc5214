/* SPDX-License-Identifier: Apache-2.0 */
/* Functions of OCaml's runtime that ask the C heap for memory while they have values at hand that are no roots: no collection may
   come there. What finds no memory gives back what it has, is left, and is called again behind a collection. */

#ifndef RETRY_H
#define RETRY_H

#include "caml/mlvalues.h"

typedef value (*retry_function)(value a, value b, value c, value d, value e);

/* What a function of up to five values returns, which has changed nothing that was there before when it finds no memory. */
value retry(retry_function function, value a, value b, value c, value d, value e);

/* From within: in place of caml_raise_out_of_memory, which it is where collecting did not help. */
void retry_out_of_memory(void) __attribute__((noreturn));

/* What is called now has no one who would call it again. */
void retry_never(void);

#endif
