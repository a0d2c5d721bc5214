/* SPDX-License-Identifier: Apache-2.0 */
/* Sizes of OCaml's memory manager for a machine with 520 KB of RAM, in place of those in
   caml/config.h, which are made for hosts. Included before every file of the runtime (-include);
   their headers are guarded, so what is set here stays. C stubs need none of these. */

#ifndef RUNTIME_TUNING_H
#define RUNTIME_TUNING_H

#define CAML_INTERNALS
#include "caml/config.h"
#include "caml/backtrace_prim.h"

/* Sizes are in words of 4 bytes unless said otherwise. */

/* 16 KB: the smallest minor heap the runtime accepts. */
#undef Minor_heap_def
#define Minor_heap_def 4096

/* The first major heap chunk: 32 KB. */
#undef Init_heap_def
#define Init_heap_def 8192

/* The heap grows by at least 8 KB at a time (a multiple of the page of 4 KB) ... */
#undef Heap_chunk_min
#define Heap_chunk_min 2048

/* ... and normally by 15 % of its size. */
#undef Heap_chunk_def
#define Heap_chunk_def 15

/* The bytecode stack starts with 4 KB (this one is in bytes) and may grow to 64 KB. */
#undef Stack_size
#define Stack_size (1024 * sizeof(value))
#undef Max_stack_def
#define Max_stack_def (16 * 1024)

/* Garbage is collected earlier than on a host: memory is the scarce thing, not time. */
#undef Percent_free_def
#define Percent_free_def 80

/* The deepest calls a backtrace keeps. The runtime also puts a buffer of this size on the C stack. */
#undef BACKTRACE_BUFFER_SIZE
#define BACKTRACE_BUFFER_SIZE 128

#endif
