/* SPDX-License-Identifier: Apache-2.0 */
/* Where compiled OCaml code and C meet. OCaml code keeps the allocation pointer in a15 and its limit in
   a14, which C's call0 convention preserves; it expects every other register but sp to be lost in a call.
   a10 and a11 never hold a variable. */

/* Offsets in Caml_state: each field takes 8 bytes (caml/domain_state.h). */
#define YOUNG_LIMIT 0
#define YOUNG_PTR 8
#define YOUNG_START 32
#define YOUNG_END 40
#define REF_TABLE 104

/* Offsets in struct caml_ref_table (caml/minor_gc.h). */
#define TABLE_PTR 12
#define TABLE_LIMIT 16

/* Offset from caml_native_exception_pointer. */
#define BACKTRACES 4

/* The innermost trap record; whether backtraces are recorded. */
	.section .bss.caml_native_exception_pointer, "aw", @nobits
	.align	4
	.global	caml_native_exception_pointer, caml_native_backtraces
caml_native_exception_pointer:
	.space	4
caml_native_backtraces:
	.space	4

/* Offsets in caml_native_stack. */
#define BOTTOM 0
#define RETURN 4
#define REGISTERS 8

	.section .text.caml_native, "ax"
	.literal_position

	.macro save_allocation_pointer
	movi	a11, Caml_state
	l32i	a11, a11, 0
	s32i	a15, a11, YOUNG_PTR
	.endm

	.macro load_allocation_pointers
	movi	a11, Caml_state
	l32i	a11, a11, 0
	l32i	a15, a11, YOUNG_PTR
	l32i	a14, a11, YOUNG_LIMIT
	.endm

	.macro begin name
	.align	4
	.global	\name
	.type	\name, @function
\name:
	.endm

/* Lowers a15 for the block with the header a10, which stays there. All variables keep their registers. */
begin caml_native_allocate
	srli	a11, a10, 10
	slli	a11, a11, 2
	addi	a11, a11, 4
	sub	a15, a15, a11
	bltu	a15, a14, .Lmake_room
	ret

/* a15 has been lowered by a10 bytes, below the limit. Makes room; all variables keep their registers. */
begin caml_native_call_gc
	mov	a11, a10
.Lmake_room:
	addi	sp, sp, -64
	s32i	a0, sp, 0
	s32i	a2, sp, 8
	s32i	a3, sp, 12
	s32i	a4, sp, 16
	s32i	a5, sp, 20
	s32i	a6, sp, 24
	s32i	a7, sp, 28
	s32i	a8, sp, 32
	s32i	a9, sp, 36
	s32i	a10, sp, 40
	s32i	a12, sp, 48
	s32i	a13, sp, 52
	mov	a2, a11
	movi	a11, caml_native_stack
	addi	a3, sp, 64
	s32i	a3, a11, BOTTOM
	s32i	a0, a11, RETURN
	s32i	sp, a11, REGISTERS
	save_allocation_pointer
	call0	caml_native_make_room
	load_allocation_pointers
	l32i	a0, sp, 0
	l32i	a2, sp, 8
	l32i	a3, sp, 12
	l32i	a4, sp, 16
	l32i	a5, sp, 20
	l32i	a6, sp, 24
	l32i	a7, sp, 28
	l32i	a8, sp, 32
	l32i	a9, sp, 36
	l32i	a10, sp, 40
	l32i	a12, sp, 48
	l32i	a13, sp, 52
	addi	sp, sp, 64
	ret

/* Calls the C function in a10, which may allocate, raise or call back. */
begin caml_native_c_call
	movi	a11, caml_native_stack
	s32i	sp, a11, BOTTOM
	s32i	a0, a11, RETURN
	mov	a12, a0
	save_allocation_pointer
	callx0	a10
	load_allocation_pointers
	jx	a12

/* caml_modify (a10, a11); all variables keep their registers. Does what the collector's own does (memory.c),
   and calls that where a block is darkened, or the table of references to the minor heap is full. What the program has of
   the minor heap begins at a15. */
begin caml_native_modify
	addi	sp, sp, -48
	s32i	a2, sp, 8
	movi	a2, Caml_state
	l32i	a2, a2, 0
	l32i	a2, a2, YOUNG_END
	bltu	a10, a15, .Lmodify_old
	bltu	a10, a2, .Lmodify_store
.Lmodify_old:
	s32i	a3, sp, 12
	l32i	a3, a10, 0
	bbsi	a3, 0, .Lmodify_new
	bltu	a3, a15, .Lmodify_darken
	bltu	a3, a2, .Lmodify_stored
.Lmodify_darken:
	movi	a3, caml_gc_phase
	l32i	a3, a3, 0
	beqz	a3, .Lmodify_in_c	/* Phase_mark */
.Lmodify_new:
	bbsi	a11, 0, .Lmodify_stored
	bltu	a11, a15, .Lmodify_stored
	bgeu	a11, a2, .Lmodify_stored
	movi	a2, Caml_state
	l32i	a2, a2, 0
	l32i	a2, a2, REF_TABLE
	s32i	a4, sp, 16
	l32i	a3, a2, TABLE_PTR
	l32i	a4, a2, TABLE_LIMIT
	bgeu	a3, a4, .Lmodify_full
	s32i	a10, a3, 0
	addi	a3, a3, 4
	s32i	a3, a2, TABLE_PTR
	l32i	a4, sp, 16
.Lmodify_stored:
	l32i	a3, sp, 12
.Lmodify_store:
	s32i	a11, a10, 0
	l32i	a2, sp, 8
	addi	sp, sp, 48
	ret
.Lmodify_full:
	l32i	a4, sp, 16
.Lmodify_in_c:
	s32i	a0, sp, 0
	s32i	a4, sp, 16
	s32i	a5, sp, 20
	s32i	a6, sp, 24
	s32i	a7, sp, 28
	s32i	a8, sp, 32
	s32i	a9, sp, 36
	mov	a2, a10
	mov	a3, a11
	call0	caml_modify
	l32i	a0, sp, 0
	l32i	a2, sp, 8
	l32i	a3, sp, 12
	l32i	a4, sp, 16
	l32i	a5, sp, 20
	l32i	a6, sp, 24
	l32i	a7, sp, 28
	l32i	a8, sp, 32
	l32i	a9, sp, 36
	addi	sp, sp, 48
	ret

/* Raise the exception in a2: to the innermost trap record, whose address becomes sp. */
begin caml_native_raise
	movi	a10, caml_native_exception_pointer
	l32i	a11, a10, BACKTRACES
	bnez	a11, .Lraised
.Lcut:
	l32i	sp, a10, 0
	l32i	a9, sp, 4
	s32i	a9, a10, 0
	l32i	a9, sp, 0
	jx	a9
.Lraised:
	movi	a5, 0
.Lstash:
	mov	a12, a2
	mov	a13, a10
	mov	a3, a0
	mov	a4, sp
	call0	caml_native_stash
	mov	a2, a12
	mov	a10, a13
	j	.Lcut

begin caml_native_reraise
	movi	a10, caml_native_exception_pointer
	l32i	a11, a10, BACKTRACES
	movi	a5, 1
	bnez	a11, .Lstash
	j	.Lcut

begin caml_native_raise_notrace
	movi	a10, caml_native_exception_pointer
	j	.Lcut

/* The same from C, which has taken the local roots off. */
begin caml_native_raise_from_c
	load_allocation_pointers
	j	caml_native_raise_notrace

begin caml_native_raise_zero_divide
	movi	a10, caml_raise_zero_divide
	j	.Lraise_in_c

begin caml_native_raise_bound_error
	movi	a10, caml_array_bound_error
.Lraise_in_c:
	movi	a11, caml_native_stack
	s32i	sp, a11, BOTTOM
	s32i	a0, a11, RETURN
	save_allocation_pointer
	jx	a10

/* value caml_native_callback (code a2, value arguments[4] a3): calls OCaml code from C. Returns the result,
   or the exception with bit 1 set. The frame: link at 16, trap record at 8. */
begin caml_native_callback
	addi	sp, sp, -64
	s32i	a0, sp, 60
	s32i	a12, sp, 56
	s32i	a13, sp, 52
	s32i	a14, sp, 48
	s32i	a15, sp, 44
	movi	a10, caml_native_stack
	l32i	a11, a10, BOTTOM
	s32i	a11, sp, 16
	l32i	a11, a10, RETURN
	s32i	a11, sp, 20
	l32i	a11, a10, REGISTERS
	s32i	a11, sp, 24
	movi	a10, .Lcallback_handler
	s32i	a10, sp, 8
	movi	a10, caml_native_exception_pointer
	l32i	a11, a10, 0
	s32i	a11, sp, 12
	addi	a11, sp, 8
	s32i	a11, a10, 0
	load_allocation_pointers
	mov	a10, a2
	mov	a11, a3
	l32i	a2, a11, 0
	l32i	a3, a11, 4
	l32i	a4, a11, 8
	l32i	a5, a11, 12
	callx0	a10
	.global	caml_native_callback_return
caml_native_callback_return:
	movi	a10, caml_native_exception_pointer
	l32i	a11, sp, 12
	s32i	a11, a10, 0
.Lcallback_done:
	save_allocation_pointer
	movi	a10, caml_native_stack
	l32i	a11, sp, 16
	s32i	a11, a10, BOTTOM
	l32i	a11, sp, 20
	s32i	a11, a10, RETURN
	l32i	a11, sp, 24
	s32i	a11, a10, REGISTERS
	l32i	a0, sp, 60
	l32i	a12, sp, 56
	l32i	a13, sp, 52
	l32i	a14, sp, 48
	l32i	a15, sp, 44
	addi	sp, sp, 64
	ret
.Lcallback_handler:
	addi	sp, sp, -8
	movi	a10, 2
	or	a2, a2, a10
	j	.Lcallback_done

/* int caml_native_on_stack (char *top a2, int (*run)(void) a3) */
begin caml_native_on_stack
	addi	sp, sp, -16
	s32i	a0, sp, 0
	mov	a10, sp
	addi	sp, a2, -16
	s32i	a10, sp, 0
	callx0	a3
	l32i	sp, sp, 0
	l32i	a0, sp, 0
	addi	sp, sp, 16
	ret
