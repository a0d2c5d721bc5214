/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers that C boxes, as a clock does at each look. The runtime makes them in the way of all custom blocks, which asks for
   finalisers and for memory that the block keeps elsewhere; these have neither. The linker makes calls of its functions
   come here (--wrap). */

#define CAML_INTERNALS

#include "caml/alloc.h"
#include "caml/custom.h"
#include "caml/mlvalues.h"

static value box(struct custom_operations *operations, mlsize_t words) {
  value block = caml_alloc_small(1 + words, Custom_tag);
  Custom_ops_val(block) = operations;
  return block;
}

value __wrap_caml_copy_int32(int32_t n) {
  value block = box(&caml_int32_ops, 1);
  Int32_val(block) = n;
  return block;
}

/* Word by word: a block lies at a multiple of four. */
value __wrap_caml_copy_int64(int64_t n) {
  value block = box(&caml_int64_ops, 2);
  ((uint32_t *)Data_custom_val(block))[0] = (uint32_t)n;
  ((uint32_t *)Data_custom_val(block))[1] = (uint32_t)(n >> 32);
  return block;
}
