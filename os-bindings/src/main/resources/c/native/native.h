/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of this directory share. */

#ifndef NATIVE_H
#define NATIVE_H

#include <stdint.h>

/* The innermost trap record. */
extern char *caml_native_exception_pointer;

/* Raises the exception in a2; not a C function. */
extern char caml_native_raise[];

/* Runs it on the stack that ends at top (native.S). */
int caml_native_on_stack(char *top, int (*run)(void));

/* Runs it on the stack at the end of RAM. */
int caml_native_start_stack(int (*run)(void));

#endif
