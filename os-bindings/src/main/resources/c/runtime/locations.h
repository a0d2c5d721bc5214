/* SPDX-License-Identifier: Apache-2.0 */
/* Places in the source of a program's calls and raises, for backtraces: a compressed table in flash. */

#ifndef LOCATIONS_H
#define LOCATIONS_H

#include <stdint.h>

/* Where 128 more positions begin. */
struct location_index {
  uint32_t position; /* the first of them */
  uint32_t offset;   /* in location_table.entries */
};

struct location_table {
  /* Positions in order, each with the calls that lead there, the outermost first: those of functions that were put
     into their callers, and the call or raise itself. Numbers are unsigned LEB128, s for signed (0, -1, 1, -2, ... are 0,
     1, 2, 3, ...). For each position:
       4 * (position - position before) + how its calls differ from those before: 0 has one more, 1 one
         fewer, 2 another last one; 3: two numbers follow, how many fewer, and then how many more
     For each call that is more:
       4 * s(line - line of the call read before) + 2 * (a raise) + (another definition)
       s(the definition's number - the number before), if another
       start column; s(end column - start column)
     Before the first of each 128 positions all is 0, and there are no calls. */
  const uint8_t *entries;
  const struct location_index *index;
  uint32_t count; /* positions; one index element per 128 begun. 0: no locations are there */

  /* Names of definitions, one after the other: how many lie back to the parent, then characters up to a zero byte.
     A name with a parent is the parent's, a dot, its own. Where the parent would be is 0 if there is none: then
     the file's name comes first, up to a zero byte. A name without characters is "(fun)", which many have. */
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
