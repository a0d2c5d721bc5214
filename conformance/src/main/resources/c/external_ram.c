/* SPDX-License-Identifier: Apache-2.0 */
/* Puts the heap into 4 MB of external RAM, and lets OCaml's stack grow as far as there is room for. */

#define CAML_INTERNALS

#include "caml/mlvalues.h"
#include "caml/stacks.h"

__asm__(".global external_heap_start\n"
        ".set external_heap_start, 0x3F800000\n"
        ".global external_heap_end\n"
        ".set external_heap_end, 0x3FC00000\n");

#define STACK_WORDS (768 * 1024)

value conformance_external_ram(value unit) {
  caml_change_max_stack_size(STACK_WORDS);
  return Val_unit;
}
