/* SPDX-License-Identifier: Apache-2.0 */
/* Base's hashes of whole values: those of OCaml's Hashtbl.hash with the seed 0. */

#include <caml/hash.h>
#include <caml/mlvalues.h>

/* The last step of MurmurHash 3, without the bits that an int of a 32-bit machine has not. */
static value finish(uint32_t h) {
  h ^= h >> 16;
  h *= 0x85ebca6b;
  h ^= h >> 13;
  h *= 0xc2b2ae35;
  h ^= h >> 16;
  return Val_long(h & 0x3fffffff);
}

value Base_hash_string(value string) { return finish(caml_hash_mix_string(0, string)); }

value Base_hash_double(value d) { return finish(caml_hash_mix_double(0, Double_val(d))); }
