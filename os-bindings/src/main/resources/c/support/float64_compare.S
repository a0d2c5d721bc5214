/* SPDX-License-Identifier: Apache-2.0 */
/* Comparison: names.h says what comes out. */

#include "float64.h"

	.section .text.float64_compare, "ax"
	.literal_position

begin __eqdf2
begin __nedf2
begin __ltdf2
begin __ledf2
	movi	a10, 1
	j	.Lcompare
begin __gtdf2
begin __gedf2
	movi	a10, -1
	/* a10 is the answer if one is not a number. */
.Lcompare:
	movi	a8, EXPONENT
	ball	a3, a8, .Lcompare_special_x
.Lcompare_y:
	ball	a5, a8, .Lcompare_special_y
.Lcompare_numbers:
	xor	a9, a3, a5
	bltz	a9, .Lcompare_signs
	bltu	a3, a5, .Lcompare_below
	bne	a3, a5, .Lcompare_above
	bltu	a2, a4, .Lcompare_below
	bne	a2, a4, .Lcompare_above
.Lcompare_equal:
	movi	a2, 0
	ret
.Lcompare_signs:
	or	a9, a3, a5
	slli	a9, a9, 1
	or	a9, a9, a2
	or	a9, a9, a4
	beqz	a9, .Lcompare_equal
	/* x is of larger magnitude, or of the other sign. */
.Lcompare_above:
	movi	a9, 1
	srai	a2, a3, 31
	or	a2, a2, a9
	ret
.Lcompare_below:
	movi	a9, -1
	xor	a3, a3, a9
	j	.Lcompare_above
.Lcompare_special_x:
	slli	a9, a3, 12
	or	a9, a9, a2
	beqz	a9, .Lcompare_y
	mov	a2, a10
	ret
.Lcompare_special_y:
	slli	a9, a5, 12
	or	a9, a9, a4
	beqz	a9, .Lcompare_numbers
	mov	a2, a10
	ret
	end	__eqdf2
	end	__nedf2
	end	__ltdf2
	end	__ledf2
	end	__gtdf2
	end	__gedf2
