/* SPDX-License-Identifier: Apache-2.0 */
/* IEEE 754 binary64 arithmetic for the LX6, rounding to nearest, ties to even. Operands and results as C's
   call0 convention has them: x in a3:a2, y in a5:a4, the result in a3:a2. Only a2 to a11 are changed.

   Names used below, after an operation has taken its operands apart:
     a6      exponent, as it stands in the number, or one less (pack)
     a9      bit 31 is the sign of the result
     a7, a11 bits below the significand: the first is the half that decides rounding
   A significand of 53 bits lies in a register pair with its leading, hidden bit in bit 20 of the upper one. */

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

	.section .text.float64, "ax"
	.literal_position

/* ---- Addition ---- */

begin __subdf3
	movi	a10, SIGN
	xor	a5, a5, a10
	nop.n
begin __adddf3
	movi	a8, EXPONENT
	xor	a9, a3, a5
	ball	a3, a8, .Ladd_special_x
	ball	a5, a8, .Ladd_special_y
	extui	a6, a3, 20, 11
	extui	a7, a5, 20, 11
	movi	a10, SIGN
	bltz	a9, .Ldifference
	bgeu	a6, a7, .Ladd_ordered
	swap_operands
.Ladd_ordered:
	sub	a8, a6, a7
	beqz	a7, .Ladd_small
	significand a5
	/* x keeps sign and exponent; y, moved right by a8 bits, is added to it. */
.Ladd_align:
	bgeui	a8, 32, .Ladd_far
	ssr	a8
	movi	a11, 0
	src	a11, a4, a11
	src	a4, a5, a4
	srl	a5, a5
.Ladd_sum:
	add	a2, a2, a4
	add	a3, a3, a5
	bgeu	a2, a4, .Ladd_no_carry
	addi	a3, a3, 1
.Ladd_no_carry:
	extui	a7, a3, 20, 11
	bne	a7, a6, .Ladd_double
.Ladd_round:
	bgez	a11, .Ladd_end
	addi	a2, a2, 1
	slli	a11, a11, 1
	beqz	a2, .Ladd_round_carry
	beqz	a11, .Ladd_tie
.Ladd_end:
	ret
.Ladd_round_carry:
	addi	a3, a3, 1
	bnez	a11, .Ladd_end
.Ladd_tie:
	srli	a2, a2, 1
	slli	a2, a2, 1
	ret

	/* The sum is 2 or more: the exponent counts up once, what is above it goes right by one bit. */
.Ladd_double:
	extui	a7, a11, 0, 1
	ssai	1
	src	a11, a2, a11
	or	a11, a11, a7
	src	a2, a3, a2
	addi	a6, a6, 1
	slli	a6, a6, 20
	sub	a8, a3, a6
	and	a3, a8, a10
	slli	a8, a8, 11
	srli	a8, a8, 12
	or	a3, a3, a6
	or	a3, a3, a8
	movi	a8, EXPONENT
	bnall	a3, a8, .Ladd_round
	srli	a3, a3, 20
	slli	a3, a3, 20
	movi	a2, 0
	ret

.Ladd_far:
	addi	a8, a8, -32
	bgeui	a8, 32, .Ladd_end
	ssr	a8
	movi	a7, 0
	src	a7, a4, a7
	src	a11, a5, a4
	srl	a4, a5
	movi	a5, 0
	beqz	a7, .Ladd_sum
	movi	a7, 1
	or	a11, a11, a7
	j	.Ladd_sum

	/* y is zero or subnormal. */
.Ladd_small:
	slli	a5, a5, 1
	or	a7, a5, a4
	beqz	a7, .Ladd_end
	srli	a5, a5, 1
	addi	a8, a6, -1
	bnez	a6, .Ladd_align
	add	a2, a2, a4
	add	a3, a3, a5
	bgeu	a2, a4, .Ladd_end
	addi	a3, a3, 1
	ret

	/* The signs differ. x becomes the one of larger magnitude. */
.Ldifference:
	slli	a8, a3, 1
	slli	a11, a5, 1
	bltu	a11, a8, .Ldifference_ordered
	bne	a11, a8, .Ldifference_swap
	bltu	a4, a2, .Ldifference_ordered
	bne	a4, a2, .Ldifference_swap
	movi	a2, 0
	movi	a3, 0
	ret
.Ldifference_swap:
	swap_operands
.Ldifference_ordered:
	sub	a8, a6, a7
	beqz	a7, .Ldifference_small
	significand a5
.Ldifference_align:
	bgeui	a8, 32, .Ldifference_far
	ssr	a8
	movi	a11, 0
	src	a11, a4, a11
	src	a4, a5, a4
	srl	a5, a5
.Ldifference_exact:
	subtract a3, a2, a5, a4
	beqz	a11, .Ldifference_borrowed
	neg	a11, a11
	addi	a2, a2, -1
	bnei	a2, -1, .Ldifference_borrowed
	addi	a3, a3, -1
.Ldifference_borrowed:
	extui	a7, a3, 20, 11
	beq	a7, a6, .Ladd_round
	/* Below 1: the exponent has counted down, the fraction is the significand, without hidden bit. */
	mov	a9, a3
	slli	a3, a3, 12
	srli	a3, a3, 12
.Ldifference_normalize:
	beqz	a3, .Ldifference_cancelled
	nsau	a8, a3
	addi	a8, a8, -11
	bltu	a8, a6, .Ldifference_shift
.Ldifference_subnormal:
	addi	a8, a6, -1
.Ldifference_shift:
	ssl	a8
	src	a3, a3, a2
	src	a2, a2, a11
	sll	a11, a11
	sub	a6, a6, a8
	addi	a6, a6, -1
	slli	a6, a6, 20
	add	a3, a3, a6
	and	a9, a9, a10
	or	a3, a3, a9
	j	.Ladd_round

	/* The upper word is zero: move left by 20 bits, unless that makes the exponent too small. */
.Ldifference_cancelled:
	movi	a8, 20
	bgeu	a8, a6, .Ldifference_subnormal
	addi	a6, a6, -20
	ssai	12
	src	a3, a3, a2
	src	a2, a2, a11
	slli	a11, a11, 20
	j	.Ldifference_normalize

.Ldifference_far:
	addi	a8, a8, -32
	bgeui	a8, 32, .Ladd_end
	ssr	a8
	movi	a7, 0
	src	a7, a4, a7
	src	a11, a5, a4
	srl	a4, a5
	movi	a5, 0
	beqz	a7, .Ldifference_exact
	movi	a7, 1
	or	a11, a11, a7
	j	.Ldifference_exact

.Ldifference_small:
	slli	a5, a5, 1
	or	a7, a5, a4
	beqz	a7, .Ladd_end
	srli	a5, a5, 1
	addi	a8, a6, -1
	bnez	a6, .Ldifference_align
	subtract a3, a2, a5, a4
	ret

.Ladd_special_x:
	slli	a7, a3, 12
	or	a7, a7, a2
	bnez	a7, .Lquiet
	bnall	a5, a8, .Ladd_infinity
	slli	a7, a5, 12
	or	a7, a7, a4
	bnez	a7, .Ly
	bltz	a9, .Linvalid
.Ladd_infinity:
	ret
.Ladd_special_y:
	slli	a7, a5, 12
	or	a7, a7, a4
	mov	a3, a5
	mov	a2, a4
	bnez	a7, .Lquiet
	ret

	/* What every operation makes of a number that is not one. */
.Ly:
	mov	a3, a5
	mov	a2, a4
.Lquiet:
	movi	a8, 0x80000
	or	a3, a3, a8
	ret
.Linvalid:
	movi	a3, 0x7FF80000
	movi	a2, 0
	ret
	end	__adddf3
	end	__subdf3

/* ---- Multiplication ---- */

begin __muldf3
	movi	a8, EXPONENT
	movi	a10, SIGN
	xor	a9, a3, a5
	ball	a3, a8, .Lmul_special_x
	ball	a5, a8, .Lmul_special_y
	extui	a6, a3, 20, 11
	extui	a7, a5, 20, 11
	beqz	a6, .Lmul_small
	beqz	a7, .Lmul_small
.Lmul_normal:
	add	a6, a6, a7
	/* x at the top of its 64 bits: the upper 64 of the product's 128 are the significand, or half of it. */
	significand a5
	ssai	21
	src	a3, a3, a2
	or	a3, a3, a10
	slli	a2, a2, 11
	mull	a11, a2, a4
	muluh	7, 2, 4
	mull	a8, a2, a5
	muluh	2, 2, 5
	add	a7, a7, a8
	bgeu	a7, a8, 1f
	addi	a2, a2, 1
1:	mull	a8, a3, a4
	muluh	4, 3, 4
	add	a7, a7, a8
	bgeu	a7, a8, 2f
	addi	a2, a2, 1
2:	mull	a8, a3, a5
	muluh	3, 3, 5
	add	a2, a2, a4
	bgeu	a2, a4, 3f
	addi	a3, a3, 1
3:	add	a2, a2, a8
	bgeu	a2, a8, 4f
	addi	a3, a3, 1
4:	addmi	a6, a6, -1024
	bbci	a3, 20, .Lmul_below_2
	addi	a6, a6, 1

	/* Rounds and puts together: significand a3:a2, bits below it a7 and a11, a6 the exponent less one,
	   because the hidden bit is added to it; a10 is SIGN. */
.Lpack:
	movi	a8, LARGEST
	bltu	a8, a6, .Lpack_range
.Lpack_round:
	bgez	a7, .Lpack_end
	addi	a2, a2, 1
	beqz	a2, .Lpack_carry
.Lpack_carried:
	slli	a7, a7, 1
	or	a7, a7, a11
	beqz	a7, .Lpack_tie
.Lpack_end:
	slli	a6, a6, 20
	add	a3, a3, a6
	and	a9, a9, a10
	or	a3, a3, a9
	ret
.Lpack_carry:
	addi	a3, a3, 1
	j	.Lpack_carried
.Lpack_tie:
	srli	a2, a2, 1
	slli	a2, a2, 1
	j	.Lpack_end

	/* Too large, or subnormal: moved right until the exponent is the smallest there is. */
.Lpack_range:
	bgez	a6, .Linfinity
	neg	a6, a6
	beqz	a11, 1f
	movi	a8, 1
	or	a7, a7, a8
1:	movi	a8, 63
	bgeu	a8, a6, 2f
	mov	a6, a8
2:	bltui	a6, 32, 3f
	mov	a11, a7
	mov	a7, a2
	mov	a2, a3
	movi	a3, 0
	addi	a6, a6, -32
	beqz	a11, 3f
	movi	a8, 1
	or	a7, a7, a8
3:	ssr	a6
	movi	a8, 0
	src	a11, a7, a8
	src	a7, a2, a7
	src	a2, a3, a2
	srl	a3, a3
	movi	a6, 0
	j	.Lpack_round

.Lmul_below_2:
	ssai	31
	src	a3, a3, a2
	src	a2, a2, a7
	src	a7, a7, a11
	slli	a11, a11, 1
	j	.Lpack

	/* One is zero or subnormal. */
.Lmul_small:
	slli	a8, a3, 1
	or	a8, a8, a2
	beqz	a8, .Lzero
	slli	a8, a5, 1
	or	a8, a8, a4
	beqz	a8, .Lzero
	mov	a11, a0
	beqz	a7, 1f
	swap_operands
1:	call0	.Lnormalize_y
	bnez	a6, 2f
	swap_operands
	call0	.Lnormalize_y
2:	mov	a0, a11
	j	.Lmul_normal

.Lmul_special_x:
	slli	a7, a3, 12
	or	a7, a7, a2
	bnez	a7, .Lquiet
	bnall	a5, a8, 1f
	slli	a7, a5, 12
	or	a7, a7, a4
	bnez	a7, .Ly
1:	slli	a7, a5, 1
	or	a7, a7, a4
	beqz	a7, .Linvalid
.Linfinity:
	movi	a3, EXPONENT
	movi	a2, 0
	and	a9, a9, a10
	or	a3, a3, a9
	ret
.Lmul_special_y:
	slli	a7, a5, 12
	or	a7, a7, a4
	bnez	a7, .Ly
	slli	a7, a3, 1
	or	a7, a7, a2
	bnez	a7, .Linfinity
	j	.Linvalid
.Lzero:
	and	a3, a9, a10
	movi	a2, 0
	ret

	/* y is subnormal, not zero: gives it a leading bit 20, and its exponent in a7. Changes a8. */
	.align	4
.Lnormalize_y:
	slli	a5, a5, 1
	srli	a5, a5, 1
	beqz	a5, 1f
	nsau	a7, a5
	addi	a8, a7, -11
	movi	a7, 12
	j	2f
1:	srli	a5, a4, 11
	nsau	a8, a4
	slli	a4, a4, 21
	movi	a7, -20
	sub	a7, a7, a8
	j	3f
2:	sub	a7, a7, a8
	addi	a7, a7, -11
3:	ssl	a8
	src	a5, a5, a4
	sll	a4, a4
	ret
	end	__muldf3

/* ---- Division ---- */

	/* One digit of 14 bits: register digit = x / y * 2^14 or a little less, x = what is left, times 2^14.
	   x and y have leading bits 62 (x may have 63); a7 is more than y / 2^46, so that nothing gets negative. */
	.macro divide_digit digit
	quou	\digit, 3, 7
	.endm

	.macro divide_rest digit
	src	a3, a3, a2
	slli	a2, a2, 14
	muluh	10, \digit, 4
	sub	a3, a3, a10
	.endm

begin __divdf3
	movi	a8, EXPONENT
	movi	a10, SIGN
	xor	a9, a3, a5
	ball	a3, a8, .Ldiv_special_x
	ball	a5, a8, .Ldiv_special_y
	extui	a6, a3, 20, 11
	extui	a7, a5, 20, 11
	beqz	a6, .Ldiv_small
	beqz	a7, .Ldiv_small
.Ldiv_normal:
	sub	a6, a6, a7
	extui	a9, a9, 31, 1
	addx2	a6, a6, a9
	significand a3
	significand a5
	ssai	22
	src	a3, a3, a2
	src	a5, a5, a4
	slli	a2, a2, 10
	slli	a4, a4, 10
	srli	a7, a5, 14
	addi	a7, a7, 1
	ssai	18
	divide_digit 9
	divide_rest 9
	mull	a11, a9, a5
	mull	a10, a9, a4
	subtract a3, a2, a11, a10
	divide_digit 8
	divide_rest 8
	mull	a11, a8, a5
	mull	a10, a8, a4
	subtract a3, a2, a11, a10
	slli	a9, a9, 14
	add	a9, a9, a8
	divide_digit 8
	divide_rest 8
	mull	a11, a8, a5
	mull	a10, a8, a4
	subtract a3, a2, a11, a10
	divide_digit 7
	divide_rest 7
	mull	a11, a7, a5
	mull	a10, a7, a4
	subtract a3, a2, a11, a10
	/* What is left may be y or a little more. */
	bltu	a3, a5, .Ldiv_exact
	bne	a3, a5, .Ldiv_more
	bltu	a2, a4, .Ldiv_exact
.Ldiv_more:
	sub	a2, a2, a4
	sub	a3, a3, a5
	addi	a7, a7, 1
.Ldiv_exact:
	or	a11, a2, a3
	/* The quotient, its leading bit 55 or 56: a9 * 2^28 + a8 * 2^14 + a7. */
	slli	a8, a8, 14
	add	a8, a8, a7
	slli	a2, a9, 28
	add	a2, a2, a8
	srli	a3, a9, 4
	bgeu	a2, a8, 1f
	addi	a3, a3, 1
1:	slli	a9, a6, 31
	srai	a6, a6, 1
	movi	a10, SIGN
	movi	a8, 1021
	add	a6, a6, a8
	bbci	a3, 24, 2f
	slli	a7, a2, 28
	ssai	4
	src	a2, a3, a2
	srli	a3, a3, 4
	addi	a6, a6, 1
	j	.Lpack
2:	slli	a7, a2, 29
	ssai	3
	src	a2, a3, a2
	srli	a3, a3, 3
	j	.Lpack

.Ldiv_small:
	slli	a8, a3, 1
	or	a8, a8, a2
	slli	a11, a5, 1
	or	a11, a11, a4
	beqz	a8, 3f
	beqz	a11, .Linfinity
	mov	a11, a0
	bnez	a7, 1f
	call0	.Lnormalize_y
1:	bnez	a6, 2f
	swap_operands
	call0	.Lnormalize_y
	swap_operands
2:	mov	a0, a11
	j	.Ldiv_normal
3:	bnez	a11, .Lzero
	j	.Linvalid

.Ldiv_special_x:
	slli	a7, a3, 12
	or	a7, a7, a2
	bnez	a7, .Lquiet
	bnall	a5, a8, .Linfinity
	slli	a7, a5, 12
	or	a7, a7, a4
	bnez	a7, .Ly
	j	.Linvalid
.Ldiv_special_y:
	slli	a7, a5, 12
	or	a7, a7, a4
	bnez	a7, .Ly
	j	.Lzero
	end	__divdf3

begin __negdf2
	movi	a10, SIGN
	xor	a3, a3, a10
	ret
	end	__negdf2

/* ---- Comparison: names.h says what comes out ---- */

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

/* ---- Integers ---- */

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

/* ---- Square root ---- */

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
	movi	a3, 0x7FF80000
	movi	a2, 0
	ret
	end	sqrt
	end	sqrtl
