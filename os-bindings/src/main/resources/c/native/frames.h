/* SPDX-License-Identifier: Apache-2.0 */
/* What the compiler says of the frame a return address belongs to. */

#ifndef FRAMES_H
#define FRAMES_H

#include <stdint.h>

struct native_frame {
  uint32_t words;       /* the frame's size; the caller's return address is its last word */
  uint32_t registers;   /* that hold values: a2-a9, a12, a13, a bit each */
  uint32_t bits;        /* of the first 32 words: those that hold values */
  const uint32_t *more; /* the bits of all words, 32 each; NULL if the others hold none */
};

/* Ends the program if there is none. */
struct native_frame native_frame_find(uint32_t return_address);

/* Which return address of the program it is, from 0 in order of address: its position in mirage_locations. */
uint32_t native_frame_number(uint32_t return_address);

/* Whether an address lies in compiled OCaml code. */
int caml_native_is_code(uint32_t pc);

#endif
