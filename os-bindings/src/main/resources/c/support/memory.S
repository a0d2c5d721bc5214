/* SPDX-License-Identifier: Apache-2.0 */
/* memcpy, memmove, memset and memcmp, word by word where they can; those of picolibc for this target go byte by
   byte. */

	.macro function name
	.section .text.\name, "ax"
	.align	4
	.global	\name
	.type	\name, @function
\name:
	.endm

	/* To a2 from a3, a4 bytes; the result is a2. */
function memmove
	.global	memcpy
	.type	memcpy, @function
memcpy:
	mov	a5, a2
	sub	a6, a5, a3
	bltu	a6, a4, .Lbackward
	bltui	a4, 8, .Lforward_bytes
	j	2f
1:	l8ui	a7, a3, 0
	addi	a3, a3, 1
	s8i	a7, a5, 0
	addi	a5, a5, 1
	addi	a4, a4, -1
2:	extui	a6, a5, 0, 2
	bnez	a6, 1b
	/* The destination is aligned: a6 is where its words end, a4 the number of bytes behind them. */
	srli	a8, a4, 2
	addx4	a6, a8, a5
	extui	a4, a4, 0, 2
	extui	a7, a3, 0, 2
	bnez	a7, .Lshifted
	bbci	a8, 0, 3f
	l32i	a9, a3, 0
	addi	a3, a3, 4
	s32i	a9, a5, 0
	addi	a5, a5, 4
3:	bbci	a8, 1, 4f
	l32i	a9, a3, 0
	l32i	a10, a3, 4
	addi	a3, a3, 8
	s32i	a9, a5, 0
	s32i	a10, a5, 4
	addi	a5, a5, 8
4:	bbci	a8, 2, 5f
	l32i	a9, a3, 0
	l32i	a10, a3, 4
	s32i	a9, a5, 0
	s32i	a10, a5, 4
	l32i	a9, a3, 8
	l32i	a10, a3, 12
	addi	a3, a3, 16
	s32i	a9, a5, 8
	s32i	a10, a5, 12
	addi	a5, a5, 16
5:	beq	a5, a6, .Lforward_bytes
6:	.irp	i, 0, 8, 16, 24
	l32i	a9, a3, \i
	l32i	a10, a3, \i + 4
	s32i	a9, a5, \i
	s32i	a10, a5, \i + 4
	.endr
	addi	a3, a3, 32
	addi	a5, a5, 32
	bne	a5, a6, 6b
.Lforward_bytes:
	beqz	a4, 6f
	add	a4, a3, a4
5:	l8ui	a7, a3, 0
	addi	a3, a3, 1
	s8i	a7, a5, 0
	addi	a5, a5, 1
	bne	a3, a4, 5b
6:	ret

	/* The source is not aligned: each word comes from two. */
.Lshifted:
	ssa8l	a3
	sub	a3, a3, a7
	l32i	a9, a3, 0
	bbci	a8, 0, 7f
	l32i	a10, a3, 4
	addi	a3, a3, 4
	src	a11, a10, a9
	mov	a9, a10
	s32i	a11, a5, 0
	addi	a5, a5, 4
7:	beq	a5, a6, 9f
8:	l32i	a10, a3, 4
	src	a11, a10, a9
	l32i	a9, a3, 8
	s32i	a11, a5, 0
	src	a11, a9, a10
	addi	a3, a3, 8
	s32i	a11, a5, 4
	addi	a5, a5, 8
	bne	a5, a6, 8b
9:	add	a3, a3, a7
	j	.Lforward_bytes

	/* The destination begins inside the source: from the end down. */
.Lbackward:
	beqz	a4, 6b
	add	a6, a3, a4
	add	a5, a5, a4
	xor	a7, a5, a6
	extui	a7, a7, 0, 2
	bnez	a7, .Lbackward_bytes
	j	2f
1:	addi	a6, a6, -1
	l8ui	a7, a6, 0
	addi	a5, a5, -1
	s8i	a7, a5, 0
	beq	a6, a3, 6b
2:	extui	a7, a6, 0, 2
	bnez	a7, 1b
	sub	a8, a6, a3
	bltui	a8, 4, .Lbackward_bytes
	srli	a8, a8, 2
	slli	a8, a8, 2
	sub	a8, a6, a8
3:	addi	a6, a6, -4
	l32i	a7, a6, 0
	addi	a5, a5, -4
	s32i	a7, a5, 0
	bne	a6, a8, 3b
	beq	a6, a3, 6b
.Lbackward_bytes:
	addi	a6, a6, -1
	l8ui	a7, a6, 0
	addi	a5, a5, -1
	s8i	a7, a5, 0
	bne	a6, a3, .Lbackward_bytes
	ret
	.size	memmove, . - memmove
	.size	memcpy, . - memcpy

	/* a4 bytes from a2 on become a3; the result is a2. */
function memset
	mov	a5, a2
	bltui	a4, 8, .Lset_bytes
	extui	a3, a3, 0, 8
	slli	a6, a3, 8
	or	a3, a3, a6
	slli	a6, a3, 16
	or	a3, a3, a6
	j	2f
1:	s8i	a3, a5, 0
	addi	a5, a5, 1
	addi	a4, a4, -1
2:	extui	a6, a5, 0, 2
	bnez	a6, 1b
	srli	a8, a4, 2
	addx4	a6, a8, a5
	extui	a4, a4, 0, 2
	bbci	a8, 0, 3f
	s32i	a3, a5, 0
	addi	a5, a5, 4
3:	bbci	a8, 1, 4f
	s32i	a3, a5, 0
	s32i	a3, a5, 4
	addi	a5, a5, 8
4:	bbci	a8, 2, 5f
	.irp	i, 0, 4, 8, 12
	s32i	a3, a5, \i
	.endr
	addi	a5, a5, 16
5:	beq	a5, a6, .Lset_bytes
6:	.irp	i, 0, 4, 8, 12, 16, 20, 24, 28
	s32i	a3, a5, \i
	.endr
	addi	a5, a5, 32
	bne	a5, a6, 6b
.Lset_bytes:
	beqz	a4, 6f
	add	a4, a5, a4
5:	s8i	a3, a5, 0
	addi	a5, a5, 1
	bne	a5, a4, 5b
6:	ret
	.size	memset, . - memset

	/* a4 bytes from a2 and from a3 on: less than, equal to or greater than 0. */
function memcmp
	add	a4, a2, a4
	or	a5, a2, a3
	extui	a5, a5, 0, 2
	bnez	a5, 3f
	srli	a6, a4, 2
	slli	a6, a6, 2
	beq	a2, a6, 3f
2:	l32i	a7, a2, 0
	l32i	a8, a3, 0
	bne	a7, a8, 3f
	addi	a2, a2, 4
	addi	a3, a3, 4
	bne	a2, a6, 2b
3:	beq	a2, a4, 5f
4:	l8ui	a7, a2, 0
	l8ui	a8, a3, 0
	addi	a2, a2, 1
	addi	a3, a3, 1
	bne	a7, a8, 6f
	bne	a2, a4, 4b
5:	movi	a2, 0
	ret
6:	sub	a2, a7, a8
	ret
	.size	memcmp, . - memcmp
