/* SPDX-License-Identifier: Apache-2.0 */
/* In place of OCaml's codefrag.c, which keeps a list of pieces of code: compiled code is one piece, and its digest is
   made with it. Asked for by closures in marshalled data. */

#define CAML_INTERNALS

#include <string.h>

#include "caml/codefrag.h"
#include "caml/misc.h"

/* Written by the compiler. */
extern char caml_native_code_begin[], caml_native_code_end[];
extern const unsigned char caml_native_digest[16];

static struct code_fragment *program(void) {
  static struct code_fragment fragment;
  if (fragment.code_start == NULL) {
    fragment.code_start = caml_native_code_begin;
    fragment.code_end = caml_native_code_end;
    fragment.digest_status = DIGEST_PROVIDED;
    memcpy(fragment.digest, caml_native_digest, sizeof fragment.digest);
  }
  return &fragment;
}

struct code_fragment *caml_find_code_fragment_by_pc(char *pc) {
  return pc >= caml_native_code_begin && pc < caml_native_code_end ? program() : NULL;
}

struct code_fragment *caml_find_code_fragment_by_num(int number) {
  return number == 0 ? program() : NULL;
}

struct code_fragment *caml_find_code_fragment_by_digest(unsigned char digest[16]) {
  return memcmp(digest, caml_native_digest, sizeof caml_native_digest) == 0 ? program() : NULL;
}

unsigned char *caml_digest_of_code_fragment(struct code_fragment *fragment) {
  return fragment->digest;
}

int caml_register_code_fragment(char *start, char *end, enum digest_status status,
                                unsigned char *digest) {
  caml_fatal_error("a second piece of code in a compiled program");
}

void caml_remove_code_fragment(struct code_fragment *fragment) {
  caml_fatal_error("compiled code cannot be removed");
}
