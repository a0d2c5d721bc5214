/* SPDX-License-Identifier: Apache-2.0 */
/* What the image builder lays down in flash and the runtime starts from: one OCaml program. */

#ifndef PROGRAM_H
#define PROGRAM_H

#include <stddef.h>
#include <stdint.h>

/* Where the locations of 32 more instructions begin. */
struct program_location_index {
  uint32_t pc;     /* byte offset in the code of the first of them */
  uint32_t offset; /* of its entry in program.locations */
};

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

  /* Places in the source of calls, read by program_location(). Per entry, as unsigned LEB128 numbers,
     s for signed (0, -1, 1, -2, ... are 0, 1, 2, 3 ...):
       4 * (words from the entry before) + 2 * (another file) + (another definition)
       the file's number, if another; s(line - line before); the definition's number, if another;
       start column; s(end column - start column)
     Before the first of each 32 entries all is 0. */
  const uint8_t *locations;
  const struct program_location_index *location_index;
  uint32_t locations_count; /* entries; one index element per 32 begun. 0: no locations are there */

  /* Names of files and definitions, one after the other: the number of the parent (2 bytes, little
     endian, FFFF for none), then characters up to a zero byte. A name with a parent is the parent's, a
     dot, its own. */
  const uint8_t *names;
};

extern const struct program mirage_program;

/* A place in the source, for backtraces. */
struct program_location {
  const char *file;       /* as the compiler was told it */
  const char *definition; /* the enclosing definition, such as "Unikernel.Main.start" */
  int line;
  int start; /* columns from the beginning of the line */
  int end;
};

/* Finds the place of the call that returns to, or of the raise at, byte offset pc of the code. Returns
   0 if there is none. The strings stay valid until the next call that finds something. */
int program_location(uint32_t pc, struct program_location *location);

#endif
