/* SPDX-License-Identifier: Apache-2.0 */
/* Sizes of OCaml's runtime for a machine with 520 KB of RAM. What is defined here is taken out of the
   runtime's own sources, which have it for hosts; caml/config.h includes this. */

#ifndef RUNTIME_TUNING_H
#define RUNTIME_TUNING_H

/* Sizes are in words of 4 bytes unless said otherwise. */

/* 32 KB. Half of it, the smallest the runtime accepts, would let more short-lived blocks survive. */
#define Minor_heap_def 8192

/* The first major heap chunk: 48 KB, of which 36 are kept for the first minor collection. */
#define Init_heap_def 12288

/* The heap grows by 16 KB at a time, or by less where that does not fit. */
#define Heap_chunk_min 2048
#define Heap_chunk_def 4096

/* The bytecode stack starts with 4 KB and grows by as much (this one is in bytes), up to 256 KB or
   what the heap leaves. */
#define Stack_size (1024 * sizeof(value))
#define Max_stack_def (64 * 1024)

/* Garbage is collected earlier than on a host: memory is the scarce thing, not time. */
#define Percent_free_def 80

/* Percent of the minor heap: as much data of big arrays, while they are young, brings about a minor collection, and a
   cycle of the major collector for what survived. */
#define Custom_minor_ratio_def 100
#define Custom_major_ratio_def 200

/* A page of the page table is 1 KB (this is its logarithm): each chunk of the heap is aligned to
   pages, and the alignment costs up to one. */
#define Page_log 10

/* The page table has two levels. Values lie in ranges of 512 KB from flash data on to the end of RAM at
   0x40000000; all other addresses share one more, empty range. */
#define Values_start 0x3F400000
#define Pagetable2_log 9
#define Pagetable1_log (Page_log + Pagetable2_log)
#define Value_ranges ((0x40000000 - Values_start) >> Pagetable1_log)
#define Pagetable1_size (Value_ranges + 1)
#define Pagetable_index1(a) \
  ((((uintnat)(a)-Values_start) >> Pagetable1_log) < Value_ranges \
   ? (((uintnat)(a)-Values_start) >> Pagetable1_log) : Value_ranges)

/* Entries of 8 bytes: the mark stack begins with 2 KB and grows if it must. */
#define MARK_STACK_INIT_SIZE 256

/* Entries of the first-fit allocator's index of free blocks, 4 bytes each. */
#define FLP_MAX 100

/* Entries of the stacks and the table that marshalling begins with, 8 to 12 bytes each; larger ones are
   allocated when they are needed. */
#define EXTERN_STACK_INIT_SIZE 32
#define INTERN_STACK_INIT_SIZE 32
#define POS_TABLE_INIT_SIZE_LOG2 5

/* Bytes: three channels are open all the time. */
#define IO_BUFFER_SIZE 1024

/* The deepest calls a backtrace keeps. The runtime also puts a buffer of this size on the C stack. */
#define BACKTRACE_BUFFER_SIZE 128

/* The table of source locations is in flash, even if it is empty: nothing can be missing or wrong, and the messages
   that would tell of it are left out. OCaml's handler of uncaught exceptions asks too, though no backtrace is wanted. */
#ifndef __ASSEMBLER__
static inline int caml_debug_info_available(void) { return 1; }
static inline int caml_debug_info_status(void) { return 0; }
#endif

#endif
