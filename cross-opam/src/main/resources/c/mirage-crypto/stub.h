// SPDX-License-Identifier: Apache-2.0

// What the C files of this library share. Buffers are one-dimensional big arrays of bytes; offsets
// and lengths were checked in OCaml.

#include <stdint.h>
#include <string.h>

#include <caml/bigarray.h>
#include <caml/mlvalues.h>

static inline uint8_t *at(value buffer, value offset) {
  return (uint8_t *)Caml_ba_data_val(buffer) + Long_val(offset);
}

static inline uint32_t rotl32(uint32_t x, int n) { return x << n | x >> (32 - n); }

static inline uint32_t rotr32(uint32_t x, int n) { return x >> n | x << (32 - n); }

static inline uint64_t rotr64(uint64_t x, int n) { return x >> n | x << (64 - n); }

static inline uint32_t load_le32(const uint8_t *p) {
  return p[0] | p[1] << 8 | p[2] << 16 | (uint32_t)p[3] << 24;
}

static inline void store_le32(uint8_t *p, uint32_t x) {
  for (int i = 0; i < 4; i++) p[i] = x >> (8 * i);
}

static inline uint32_t load_be32(const uint8_t *p) {
  return (uint32_t)p[0] << 24 | p[1] << 16 | p[2] << 8 | p[3];
}

static inline void store_be32(uint8_t *p, uint32_t x) {
  for (int i = 0; i < 4; i++) p[i] = x >> (24 - 8 * i);
}

static inline uint64_t load_be64(const uint8_t *p) {
  return (uint64_t)load_be32(p) << 32 | load_be32(p + 4);
}

static inline void store_be64(uint8_t *p, uint64_t x) {
  store_be32(p, x >> 32);
  store_be32(p + 4, x);
}
