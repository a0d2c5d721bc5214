/* SPDX-License-Identifier: Apache-2.0 */
/* Conversion from and to 32-bit integers. */

#include "float64.h"

	.section .text.float64_integer, "ax"
	.literal_position

begin __floatsidf
	mov	a9, a2
	abs	a2, a2
	j	.Lfrom_word
begin __floatunsidf
	movi	a9, 0
.Lfrom_word:
	movi	a3, 0
	beqz	a2, 1f
	nsau	a6, a2
	ssl	a6
	sll	a2, a2
	movi	a8, 1053
	sub	a6, a8, a6
	srli	a3, a2, 11
	slli	a2, a2, 21
	slli	a6, a6, 20
	add	a3, a3, a6
	bgez	a9, 1f
	movi	a10, SIGN
	or	a3, a3, a10
1:	ret
	end	__floatsidf
	end	__floatunsidf

begin __fixdfsi
	extui	a6, a3, 20, 11
	movi	a8, 1023 + 31
	sub	a6, a8, a6
	blti	a6, 1, .Lfix_large
	bgei	a6, 32, .Lfix_zero
	movi	a10, SIGN
	ssai	21
	src	a2, a3, a2
	or	a2, a2, a10
	ssr	a6
	srl	a2, a2
	bgez	a3, 1f
	neg	a2, a2
1:	ret
.Lfix_zero:
	movi	a2, 0
	ret
	/* Beyond the range, or not a number. */
.Lfix_large:
	movi	a8, EXPONENT
	bnall	a3, a8, 2f
	slli	a9, a3, 12
	or	a9, a9, a2
	movi	a2, SIGN
	bnez	a9, 1b
2:	movi	a2, SIGN
	bltz	a3, 1b
	addi	a2, a2, -1
	ret
	end	__fixdfsi
