/* SPDX-License-Identifier: Apache-2.0 */
/* Primitives with a short way for what programs mostly call them with. The short ways are here and in quick.c;
   what they do not know goes to the run-time system's own function, like any other primitive. */

	.macro function name
	.section .text.\name, "ax"
	.align	4
	.literal_position
	.align	4
	.global	\name
	.type	\name, @function
\name:
	.endm

	/* Asks a C function, whose answer 0 is no value: it does not know. It neither allocates nor raises. */
	.macro ask quick, primitive
	addi	sp, sp, -16
	s32i	a0, sp, 0
	s32i	a2, sp, 4
	s32i	a3, sp, 8
	s32i	a4, sp, 12
	call0	\quick
	l32i	a0, sp, 0
	beqz	a2, .Lunknown\@
	addi	sp, sp, 16
	ret
.Lunknown\@:
	l32i	a2, sp, 4
	l32i	a3, sp, 8
	l32i	a4, sp, 12
	addi	sp, sp, 16
	movi	a10, \primitive
	j	caml_native_c_call
	.endm

	/* Of two integers: whether the branch would be taken. */
	.macro relation name, branch, x, y
function caml_native_\name
	and	a10, a2, a3
	bbci	a10, 0, .Lask\@
	movi	a10, 3
	\branch	\x, \y, .Ltrue\@
	movi	a10, 1
.Ltrue\@:
	mov	a2, a10
	ret
.Lask\@:
	ask	caml_native_quick_\name, caml_\name
	.size	caml_native_\name, . - caml_native_\name
	.endm

	relation equal, beq, a2, a3
	relation notequal, bne, a2, a3
	relation lessthan, blt, a2, a3
	relation lessequal, bge, a3, a2
	relation greaterthan, blt, a3, a2
	relation greaterequal, bge, a2, a3

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
1:	ask	caml_native_quick_compare, caml_compare
	.size	caml_native_compare, . - caml_native_compare

function caml_native_ba_get_1
	ask	caml_native_quick_ba_get_1, caml_ba_get_1
	.size	caml_native_ba_get_1, . - caml_native_ba_get_1

function caml_native_ba_set_1
	ask	caml_native_quick_ba_set_1, caml_ba_set_1
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

	.macro in_c primitive
	movi	a10, \primitive
	j	caml_native_c_call
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
