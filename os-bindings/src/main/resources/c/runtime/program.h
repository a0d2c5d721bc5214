/* SPDX-License-Identifier: Apache-2.0 */
/* What the image builder lays down in flash and the runtime starts from: one OCaml program. */

#ifndef PROGRAM_H
#define PROGRAM_H

#include <stdint.h>

/* A place in the source, for backtraces. */
struct program_location {
  uint32_t pc;           /* byte offset in the code, ascending over the table */
  const char *file;      /* as the compiler was told it */
  const char *definition; /* the enclosing definition, such as "Unikernel.Main.start" */
  uint16_t line;
  uint16_t start; /* columns from the beginning of the line */
  uint16_t end;
  uint16_t unused;
};

struct program {
  const int32_t *code; /* bytecode, not threaded */
  uint32_t code_size;  /* bytes */

  /* Structured constants as the heap would hold them: black headers, fields relocated. The range is
     a whole number of 4096-byte pages, aligned to them, and holds nothing else. */
  const void *data;
  uint32_t data_size; /* bytes */

  /* Initial value of each global: an immediate or a pointer into data. Copied to the heap. */
  const intptr_t *globals;
  uint32_t globals_count;

  /* Primitive n of the code is primitives[n]; a slot no instruction names may be any function. */
  void *const *primitives;
  const char *const *primitive_names;
  uint32_t primitives_count;

  const struct program_location *locations;
  uint32_t locations_count;
};

extern const struct program mirage_program;

#endif
