/* SPDX-License-Identifier: Apache-2.0 */
/* The square root. */

#include "float64.h"

	.section .text.float64_sqrt, "ax"
	.literal_position

begin sqrt
begin sqrtl
	movi	a8, EXPONENT
	movi	a10, SIGN
	ball	a3, a8, .Lsqrt_special
	extui	a6, a3, 20, 11
	bltz	a3, .Lsqrt_negative
	beqz	a6, .Lsqrt_small
.Lsqrt_normal:
	/* n = a3:a2, its leading bit 62 or 63, so that an even power of two remains. */
	ssai	21
	src	a3, a3, a2
	or	a3, a3, a10
	slli	a2, a2, 11
	bbci	a6, 0, 1f
	ssai	1
	src	a2, a3, a2
	srli	a3, a3, 1
1:	movi	a8, 1021
	add	a6, a6, a8
	srai	a6, a6, 1
	/* The root s (a8) of the upper word: a line, then Heron's rule, which never gives less than it. */
	srli	a8, a3, 15
	srli	a8, a8, 2
	movi	a7, 28100
	add	a8, a8, a7
	quou	7, 3, 8
	add	a8, a8, a7
	srli	a8, a8, 1
	quou	7, 3, 8
	add	a8, a8, a7
	srli	a8, a8, 1
	quou	7, 3, 8
	add	a8, a8, a7
	srli	a8, a8, 1
	mull	a7, a8, a8
	sub	a3, a3, a7
	bgez	a3, 2f
	addi	a8, a8, -1
	addx2	a3, a8, a3
	addi	a3, a3, 1
2:	/* Sixteen bits more, d (a5): what is left, r (a3), divided by 2s. The root of n becomes a8. */
	ssai	17
	src	a7, a3, a2
	quou	5, 7, 8
	remu	7, 7, 8
	slli	a2, a2, 15
	ssai	15
	src	a2, a7, a2
	srl	a3, a7
	mull	a4, a5, a5
	muluh	7, 5, 5
	subtract a3, a2, a7, a4
	slli	a8, a8, 16
	add	a8, a8, a5
	bgez	a3, 3f
	addi	a8, a8, -1
	ssai	31
	src	a7, a8, a10
	add	a2, a2, a7
	bgeu	a2, a7, 4f
	addi	a3, a3, 1
4:	srli	a7, a8, 16
	srli	a7, a7, 15
	add	a3, a3, a7
3:	/* 22 bits more, D (a9), in two digits of 13 and 8 bits, each a little too small. */
	srli	a5, a8, 14
	addi	a5, a5, 1
	ssai	1
	src	a7, a3, a2
	quou	9, 7, 5
	ssai	19
	src	a3, a3, a2
	slli	a2, a2, 13
	mull	a4, a9, a8
	muluh	7, 9, 8
	subtract a3, a2, a7, a4
	srli	a5, a8, 10
	addi	a5, a5, 1
	ssai	2
	src	a7, a3, a2
	quou	5, 7, 5
	slli	a9, a9, 8
	add	a9, a9, a5
	ssai	24
	src	a3, a3, a2
	slli	a2, a2, 8
	mull	a4, a5, a8
	muluh	7, 5, 8
	subtract a3, a2, a7, a4
	/* What is left of n * 2^44 below the square of a5:a4, the root of 54 bits. */
	ssai	9
	src	a3, a3, a2
	slli	a2, a2, 23
	mull	a4, a9, a9
	muluh	7, 9, 9
	subtract a3, a2, a7, a4
	srli	a5, a8, 10
	slli	a4, a8, 22
	add	a4, a4, a9
	bgeu	a4, a9, 5f
	addi	a5, a5, 1
5:	bltz	a3, .Lsqrt_less
	ssai	31
	src	a8, a5, a4
	bltu	a3, a8, .Lsqrt_round
	slli	a7, a4, 1
	bne	a3, a8, .Lsqrt_more
	bltu	a7, a2, .Lsqrt_more
.Lsqrt_round:
	addi	a4, a4, 1
	bnez	a4, 6f
	addi	a5, a5, 1
6:	ssai	1
	src	a2, a5, a4
	srli	a3, a5, 1
	slli	a6, a6, 20
	add	a3, a3, a6
	ret
	/* One less, one more. */
.Lsqrt_less:
	addi	a4, a4, -1
	bnei	a4, -1, 7f
	addi	a5, a5, -1
7:	ssai	31
	src	a8, a5, a4
	slli	a7, a4, 1
	addi	a7, a7, 1
	add	a2, a2, a7
	add	a3, a3, a8
	bgeu	a2, a7, 5b
	addi	a3, a3, 1
	j	5b
.Lsqrt_more:
	addi	a7, a7, 1
	subtract a3, a2, a8, a7
	addi	a4, a4, 1
	bnez	a4, 5b
	addi	a5, a5, 1
	j	5b

.Lsqrt_small:
	or	a7, a3, a2
	beqz	a7, .Lsqrt_end
	movi	a6, 1
8:	ssai	31
	src	a3, a3, a2
	slli	a2, a2, 1
	addi	a6, a6, -1
	bbci	a3, 20, 8b
	j	.Lsqrt_normal
.Lsqrt_special:
	slli	a7, a3, 12
	or	a7, a7, a2
	beqz	a7, 9f
	movi	a8, 0x80000
	or	a3, a3, a8
.Lsqrt_end:
	ret
9:	bgez	a3, .Lsqrt_end
.Lsqrt_negative:
	slli	a7, a3, 1
	or	a7, a7, a2
	beqz	a7, .Lsqrt_end
	movi	a3, 0xFFF80000
	movi	a2, 0
	ret
	end	sqrt
	end	sqrtl
