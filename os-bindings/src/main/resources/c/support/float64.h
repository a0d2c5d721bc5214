/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of IEEE 754 binary64 arithmetic for the LX6 share. Operands and results as C's call0 convention has
   them: x in a3:a2, y in a5:a4, the result in a3:a2. Only a2 to a11 are changed. Rounding is to nearest, ties to even.

   Names used in all of them, after an operation has taken its operands apart:
     a6      exponent, as it stands in the number, or one less (pack)
     a9      bit 31 is the sign of the result
     a7, a11 bits below the significand: the first is the half that decides rounding
   A significand of 53 bits lies in a register pair with its leading, hidden bit in bit 20 of the upper one. */

#ifndef SUPPORT_FLOAT64_H
#define SUPPORT_FLOAT64_H

#include "lx6.h"

#define EXPONENT 0x7FF00000
#define SIGN 0x80000000
#define LARGEST 2045 /* of the exponents of finite numbers, less one */

	/* Targets of calls are aligned. */
	.macro begin name
	.align	4
	.global	\name
	.type	\name, @function
\name:
	.endm

	.macro end name
	.size	\name, . - \name
	.endm

	.macro swap a, b
	mov	a8, \a
	mov	\a, \b
	mov	\b, a8
	.endm

	.macro swap_operands
	swap	a2, a4
	swap	a3, a5
	swap	a6, a7
	.endm

	/* The hidden bit in place of sign and exponent; a10 is SIGN. */
	.macro significand high
	slli	\high, \high, 11
	or	\high, \high, a10
	srli	\high, \high, 11
	.endm

	/* high:low -= subtrahend_high:subtrahend_low */
	.macro subtract high, low, subtrahend_high, subtrahend_low
	sub	\high, \high, \subtrahend_high
	bgeu	\low, \subtrahend_low, .Lno_borrow\@
	addi	\high, \high, -1
.Lno_borrow\@:
	sub	\low, \low, \subtrahend_low
	.endm

#endif
