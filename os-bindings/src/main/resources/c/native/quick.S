/* SPDX-License-Identifier: Apache-2.0 */
/* Primitives with a short way for what programs mostly call them with. The short ways are here and in quick.c;
   what they do not know goes to the run-time system's own function, like any other primitive. */

#include "caml/tuning.h"

	.macro function name
	.section .text.\name, "ax"
	.align	4
	.literal_position
	.align	4
	.global	\name
	.type	\name, @function
\name:
	.endm

	.macro in_c primitive
	movi	a10, \primitive
	j	caml_native_c_call
	.endm

/* ---- Comparison ---- */

#define NO_ORDER 2
#define LAZY_TAG 246
#define STRING_TAG 252

/* Blocks within blocks that are looked at, but for those in last fields. */
#define DEPTH 4

/* The part of memory the chip's heap is in, of whose pages caml_page_table has a table (tuning.h). */
#define HEAP_BITS Pagetable1_log
#define HEAP_PART (0x3FF80000 >> HEAP_BITS)
#define HEAP_TABLE (4 * ((0x3FF80000 - Values_start) >> HEAP_BITS))

	/* Goes on if the pointer is to a value in the heap or among the constants; a5 = the heap's table of pages. */
	.macro check_value pointer, otherwise
	extui	a10, \pointer, HEAP_BITS, 13
	bne	a10, a6, .Lconstant\@
	extui	a10, \pointer, 10, 9
	add	a10, a10, a5
	l8ui	a10, a10, 0
	extui	a10, a10, 0, 3
	bnez	a10, .Lvalue\@
	j	\otherwise
.Lconstant\@:
	movi	a10, caml_native_data_begin
	bltu	\pointer, a10, \otherwise
	movi	a10, caml_native_data_end
	bgeu	\pointer, a10, \otherwise
.Lvalue\@:
	.endm

	/* An integer comes before and behind blocks and strings; a11 = where the header of what is no integer is. */
	.macro beside_integer order
	addi	a11, a11, -4
	l8ui	a11, a11, 0
	movi	a10, LAZY_TAG
	bltu	a11, a10, .Lbeside\@
	movi	a10, STRING_TAG
	bne	a11, a10, .Lno_order
.Lbeside\@:
	movi	a10, \order
	ret
	.endm

/* a10 = -1, 0 or 1, compare.c's order of the values in a2 and a3, which are not both integers; or NO_ORDER. a13: whether
   a value is the same as itself whatever is in it; above that bit, how many blocks the values are in. Keeps a2, a3,
   a12 and a13. */
function caml_native_order
	mov	a8, a2
	mov	a9, a3
.Lorder:
	bne	a8, a9, 1f
	bbsi	a13, 0, .Lsame
1:	movi	a5, caml_page_table + HEAP_TABLE
	l32i	a5, a5, 0
	movi	a6, HEAP_PART
	bbsi	a8, 0, .Lfirst_integer
	check_value a8, .Lno_order
	bbsi	a9, 0, .Lsecond_integer
	check_value a9, .Lno_order
	addi	a4, a8, -4
	l32i	a4, a4, 0
	addi	a5, a9, -4
	l32i	a5, a5, 0
	extui	a6, a4, 0, 8
	extui	a7, a5, 0, 8
	srli	a4, a4, 10
	srli	a5, a5, 10
	movi	a10, LAZY_TAG
	bne	a6, a7, .Lother_tag
	bgeu	a6, a10, .Lno_fields
	bne	a4, a5, .Lother_size
	beqz	a4, .Lsame
.Lfield:
	l32i	a5, a8, 0
	l32i	a6, a9, 0
	addi	a4, a4, -1
	and	a7, a5, a6
	beqz	a4, .Llast_field
	addi	a8, a8, 4
	addi	a9, a9, 4
	bbci	a7, 0, 2f
	beq	a5, a6, .Lfield
	j	.Lintegers
2:	movi	a7, 2 * DEPTH
	bgeu	a13, a7, .Lno_order
	addi	sp, sp, -16
	s32i	a0, sp, 0
	s32i	a4, sp, 4
	s32i	a8, sp, 8
	s32i	a9, sp, 12
	addi	a13, a13, 2
	mov	a8, a5
	mov	a9, a6
	call0	.Lorder
	addi	a13, a13, -2
	l32i	a0, sp, 0
	l32i	a4, sp, 4
	l32i	a8, sp, 8
	l32i	a9, sp, 12
	addi	sp, sp, 16
	beqz	a10, .Lfield
	ret
.Llast_field:
	mov	a8, a5
	mov	a9, a6
	bbci	a7, 0, .Lorder
.Lintegers:
	movi	a10, -1
	blt	a5, a6, 3f
	movi	a10, 1
	blt	a6, a5, 3f
.Lsame:
	movi	a10, 0
3:	ret
.Lother_tag:
	bgeu	a6, a10, .Lno_order
	bgeu	a7, a10, .Lno_order
	mov	a4, a6
	mov	a5, a7
.Lother_size:
	mov	a6, a5
	mov	a5, a4
	j	.Lintegers
.Lfirst_integer:
	check_value a9, .Lno_order
	mov	a11, a9
	beside_integer -1
.Lsecond_integer:
	mov	a11, a8
	beside_integer 1
.Lno_order:
	movi	a10, NO_ORDER
	ret
.Lno_fields:
	movi	a10, STRING_TAG
	bne	a6, a10, 4f
	j	caml_native_order_strings
4:	addi	sp, sp, -16
	s32i	a0, sp, 0
	s32i	a2, sp, 4
	s32i	a3, sp, 8
	mov	a2, a8
	mov	a3, a9
	call0	caml_native_order_numbers
	mov	a10, a2
	l32i	a0, sp, 0
	l32i	a2, sp, 4
	l32i	a3, sp, 8
	addi	sp, sp, 16
	ret
	.size	caml_native_order, . - caml_native_order

/* a10 = the order of two strings of a4 and a5 words at a8 and a9. Keeps a2, a3, a12 and a13. */
function caml_native_order_strings
	mov	a6, a4
	bgeu	a5, a4, 1f
	mov	a6, a5
1:	addx4	a11, a6, a8
	addi	a11, a11, -4	/* the last word of the shorter one */
	beq	a8, a11, 3f
2:	l32i	a6, a8, 0
	l32i	a7, a9, 0
	addi	a8, a8, 4
	addi	a9, a9, 4
	bne	a6, a7, .Lwords_differ
	bne	a8, a11, 2b
	/* The last byte of this word is how many are not a string's, those between are 0. */
3:	l32i	a6, a8, 0
	l32i	a7, a9, 0
	xor	a11, a6, a7
	slli	a11, a11, 8
	bnez	a11, .Lwords_differ
	movi	a10, -1
	bltu	a4, a5, 4f
	movi	a10, 1
	bltu	a5, a4, 4f
	bltu	a6, a7, 4f
	movi	a10, -1
	bltu	a7, a6, 4f
	movi	a10, 0
4:	ret
	/* The first byte in which they do. */
.Lwords_differ:
	xor	a11, a6, a7
	movi	a10, 0xFF
	j	6f
5:	slli	a10, a10, 8
6:	bnone	a11, a10, 5b
	and	a6, a6, a10
	and	a7, a7, a10
	movi	a10, -1
	bltu	a6, a7, 7f
	movi	a10, 1
7:	ret
	.size	caml_native_order_strings, . - caml_native_order_strings

/* value caml_native_string_compare (value a, value b) */
function caml_native_string_compare
	mov	a8, a2
	mov	a9, a3
	movi	a2, 1
	beq	a8, a9, 1f
	addi	a4, a8, -4
	l32i	a4, a4, 0
	addi	a5, a9, -4
	l32i	a5, a5, 0
	srli	a4, a4, 10
	srli	a5, a5, 10
	mov	a3, a0
	call0	caml_native_order_strings
	mov	a0, a3
	slli	a2, a10, 1
	addi	a2, a2, 1
1:	ret
	.size	caml_native_string_compare, . - caml_native_string_compare

	/* Of two integers: whether the branch would be taken; of others, whether it would be for their order and 0. */
	.macro relation name, branch, x, y, holds:vararg
function caml_native_\name
	and	a10, a2, a3
	bbci	a10, 0, .Lorder\@
	movi	a10, 3
	\branch	\x, \y, .Ltrue\@
	movi	a10, 1
.Ltrue\@:
	mov	a2, a10
	ret
.Lorder\@:
	mov	a12, a0
	movi	a13, 0
	call0	caml_native_order
	mov	a0, a12
	beqi	a10, NO_ORDER, .Lunknown\@
	movi	a2, 3
	\holds, .Lholds\@
	movi	a2, 1
.Lholds\@:
	ret
.Lunknown\@:
	in_c	caml_\name
	.size	caml_native_\name, . - caml_native_\name
	.endm

	relation equal, beq, a2, a3, beqz a10
	relation notequal, bne, a2, a3, bnez a10
	relation lessthan, blt, a2, a3, bltz a10
	relation lessequal, bge, a3, a2, blti a10, 1
	relation greaterthan, blt, a3, a2, bgei a10, 1
	relation greaterequal, bge, a2, a3, bgez a10

function caml_native_compare
	and	a10, a2, a3
	bbci	a10, 0, 1f
	movi	a10, -1
	blt	a2, a3, 2f
	movi	a10, 1
	beq	a2, a3, 2f
	movi	a10, 3
2:	mov	a2, a10
	ret
1:	movi	a10, 1
	beq	a2, a3, 2b
	mov	a12, a0
	movi	a13, 1
	call0	caml_native_order
	mov	a0, a12
	beqi	a10, NO_ORDER, 3f
	slli	a2, a10, 1
	addi	a2, a2, 1
	ret
3:	in_c	caml_compare
	.size	caml_native_compare, . - caml_native_compare

/* ---- Big arrays of one dimension ---- */

/* Offsets in a big array, and what is in its flags (caml/bigarray.h). */
#define BA_DATA 4
#define BA_FLAGS 12
#define BA_LENGTH 20
#define BA_SINT8 2
#define BA_UINT8 3
#define BA_SINT16 4
#define BA_UINT16 5
#define BA_INT 8
#define BA_CHAR 12
#define BA_FORTRAN 8	/* this bit */

	/* a5 = the kind of the array in a2, a6 = where its items are, a7 = the number of the one with the index in a3. */
	.macro big_array_item otherwise
	l32i	a5, a2, BA_FLAGS
	l32i	a8, a2, BA_LENGTH
	l32i	a6, a2, BA_DATA
	srai	a7, a3, 1
	bbci	a5, BA_FORTRAN, .Lfrom_zero\@
	addi	a7, a7, -1
.Lfrom_zero\@:
	bgeu	a7, a8, \otherwise
	extui	a5, a5, 0, 8
	.endm

function caml_native_ba_get_1
	big_array_item 1f
	beqi	a5, BA_CHAR, 3f
	beqi	a5, BA_UINT8, 3f
	beqi	a5, BA_UINT16, 4f
	beqi	a5, BA_INT, 5f
	beqi	a5, BA_SINT8, 6f
	beqi	a5, BA_SINT16, 7f
1:	in_c	caml_ba_get_1
3:	add	a6, a6, a7
	l8ui	a2, a6, 0
2:	slli	a2, a2, 1
	addi	a2, a2, 1
	ret
4:	addx2	a6, a7, a6
	l16ui	a2, a6, 0
	j	2b
5:	addx4	a6, a7, a6
	l32i	a2, a6, 0
	j	2b
6:	add	a6, a6, a7
	l8ui	a2, a6, 0
	slli	a2, a2, 24
	srai	a2, a2, 24
	j	2b
7:	addx2	a6, a7, a6
	l16si	a2, a6, 0
	j	2b
	.size	caml_native_ba_get_1, . - caml_native_ba_get_1

function caml_native_ba_set_1
	big_array_item 1f
	srai	a9, a4, 1
	beqi	a5, BA_CHAR, 2f
	beqi	a5, BA_UINT8, 2f
	beqi	a5, BA_SINT8, 2f
	beqi	a5, BA_UINT16, 3f
	beqi	a5, BA_SINT16, 3f
	beqi	a5, BA_INT, 4f
1:	in_c	caml_ba_set_1
2:	add	a6, a6, a7
	s8i	a9, a6, 0
	movi	a2, 1
	ret
3:	addx2	a6, a7, a6
	s16i	a9, a6, 0
	movi	a2, 1
	ret
4:	addx4	a6, a7, a6
	s32i	a9, a6, 0
	movi	a2, 1
	ret
	.size	caml_native_ba_set_1, . - caml_native_ba_set_1

/* ---- Arrays that may hold floats ---- */

#define DOUBLE_ARRAY 254

	/* a11 = the header of the array in a2, which may be one of floats */
	.macro header otherwise
	addi	a11, a2, -4
	l32i	a11, a11, 0
	movi	a5, DOUBLE_ARRAY
	extui	a10, a11, 0, 8
	beq	a10, a5, \otherwise
	.endm

	/* The header shifted right by 9 is the limit of a tagged index. */
	.macro check_bound otherwise
	srli	a11, a11, 9
	bgeu	a3, a11, \otherwise
	.endm

	.macro item register
	addx2	\register, a3, a2
	addi	\register, \register, -2
	.endm

function caml_native_array_get
	header	1f
	check_bound 1f
	item	a10
	l32i	a2, a10, 0
	ret
1:	in_c	caml_array_get
	.size	caml_native_array_get, . - caml_native_array_get

function caml_native_array_unsafe_get
	header	1f
	item	a10
	l32i	a2, a10, 0
	ret
1:	in_c	caml_array_unsafe_get
	.size	caml_native_array_unsafe_get, . - caml_native_array_unsafe_get

	/* The item at a10 becomes a4. */
	.macro set_item
	item	a10
	movi	a2, 1
	l32i	a5, a10, 0
	and	a5, a5, a4
	bbci	a5, 0, .Lbarrier\@
	s32i	a4, a10, 0
	ret
.Lbarrier\@:
	mov	a11, a4
	j	caml_native_modify
	.endm

function caml_native_array_set
	header	1f
	check_bound 1f
	set_item
1:	in_c	caml_array_set
	.size	caml_native_array_set, . - caml_native_array_set

function caml_native_array_unsafe_set
	header	1f
	set_item
1:	in_c	caml_array_unsafe_set
	.size	caml_native_array_unsafe_set, . - caml_native_array_unsafe_set

/* ---- 64 bits ---- */

/* int caml_native_order64 (int64_t a, int64_t b): -1, 0 or 1 */
function caml_native_order64
	blt	a3, a5, 1f
	bne	a3, a5, 2f
	bltu	a2, a4, 1f
	bne	a2, a4, 2f
	movi	a2, 0
	ret
1:	movi	a2, -1
	ret
2:	movi	a2, 1
	ret
	.size	caml_native_order64, . - caml_native_order64
