/* SPDX-License-Identifier: Apache-2.0 */
/* What the image builder lays down in flash and the runtime starts from: one OCaml program. */

#ifndef PROGRAM_H
#define PROGRAM_H

#include <stddef.h>
#include <stdint.h>

struct program {
  const int32_t *code; /* bytecode, not threaded, never written */
  uint32_t code_size;  /* bytes */

  /* Structured constants as the heap would hold them: black headers, fields relocated. The 4096-byte
     pages they lie in hold nothing else that a value could point to. An empty block is a header like
     the others, not an entry of caml_atom_table. */
  const void *data;
  uint32_t data_size; /* bytes */

  /* Initial value of each global: an immediate or a pointer into data. Copied to the heap. */
  const intptr_t *globals;
  uint32_t globals_count;

  /* Primitive n of the code is primitives[n]. */
  void *const *primitives;
  uint32_t primitives_count;
};

extern const struct program mirage_program;

#endif
