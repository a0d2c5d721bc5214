/* SPDX-License-Identifier: Apache-2.0 */
/* Base's hash that folds: MurmurHash 3 with OCaml's steps. The state is an int: where that has 31 bits, so has the
   state, and hashes of more than one step are not those of a 64-bit machine. */

#include <caml/hash.h>
#include <caml/mlvalues.h>

static uint32_t state(value v) { return (uint32_t)Long_val(v); }

static value result(uint32_t h) { return Val_long(h); }

value Base_internalhash_fold_int32(value h, value x) {
  return result(caml_hash_mix_uint32(state(h), (uint32_t)Int32_val(x)));
}

value Base_internalhash_fold_nativeint(value h, value x) {
  return result(caml_hash_mix_intnat(state(h), Nativeint_val(x)));
}

value Base_internalhash_fold_int64(value h, value x) {
  return result(caml_hash_mix_int64(state(h), Int64_val(x)));
}

value Base_internalhash_fold_int(value h, value x) {
  return result(caml_hash_mix_intnat(state(h), Long_val(x)));
}

value Base_internalhash_fold_float(value h, value x) {
  return result(caml_hash_mix_double(state(h), Double_val(x)));
}

/* As caml_hash_mix_string, which stops after 255 bytes, does with all of them. Words are little-endian. */
value Base_internalhash_fold_string(value h, value string) {
  const unsigned char *at = (const unsigned char *)String_val(string);
  mlsize_t size = caml_string_length(string), i = 0;
  uint32_t hash = state(h);
  for (; i + 4 <= size; i += 4) {
    uint32_t word = at[i] | (uint32_t)at[i + 1] << 8 | (uint32_t)at[i + 2] << 16 | (uint32_t)at[i + 3] << 24;
    hash = caml_hash_mix_uint32(hash, word);
  }
  if (i < size) {
    uint32_t word = 0;
    for (mlsize_t k = size; k > i; k--) word = word << 8 | at[k - 1];
    hash = caml_hash_mix_uint32(hash, word);
  }
  return result(hash ^ (uint32_t)size);
}

value Base_internalhash_get_hash_value(value v) {
  uint32_t h = state(v);
  h ^= h >> 16;
  h *= 0x85ebca6b;
  h ^= h >> 13;
  h *= 0xc2b2ae35;
  h ^= h >> 16;
  return Val_long(h & 0x3fffffff);
}
