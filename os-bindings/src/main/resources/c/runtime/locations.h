/* SPDX-License-Identifier: Apache-2.0 */
/* Places in the source of a program's calls and raises, for backtraces: a compressed table in flash. */

#ifndef LOCATIONS_H
#define LOCATIONS_H

#include <stdint.h>

/* Where 128 more entries begin. */
struct location_index {
  uint32_t position; /* of the first of them */
  uint32_t offset;   /* in location_table.entries */
};

struct location_table {
  /* In order of position. Per entry, as unsigned LEB128 numbers, s for signed (0, -1, 1, -2, ... are 0, 1,
     2, 3 ...):
       8 * (position - position of the entry before) + 4 * (a raise) + 2 * (another file) + (another definition)
       the file's number, if another; s(line - line before); the definition's number, if another;
       start column; s(end column - start column)
     Before the first of each 128 entries all is 0. */
  const uint8_t *entries;
  const struct location_index *index;
  uint32_t count; /* entries; one index element per 128 begun. 0: no locations are there */

  /* Names of files and definitions, one after the other: the number of the parent (2 bytes, little
     endian, FFFF for none), then characters up to a zero byte. A name with a parent is the parent's, a
     dot, its own; those of files have none. */
  const uint8_t *names;
};

/* What a position is: of bytecode, a word of the code; of compiled code, the number of a frame, as
   caml_native_frames has them. */
extern const struct location_table mirage_locations;

struct caml_loc_info; /* caml/backtrace_prim.h */

/* Finds the place of the call that returns to a position, or of the raise at it. A call in a function that
   was put into its caller has several: depth 0 is the call, 1 the place of the call of the function it is in,
   and so on. Says in info whether there is one, which is returned too; if there is none, the rest is not set. Strings
   stay valid until the next call that finds something. */
int location_find(uint32_t position, int depth, struct caml_loc_info *info);

/* Whether there is one. */
int location_exists(uint32_t position, int depth);

#endif
