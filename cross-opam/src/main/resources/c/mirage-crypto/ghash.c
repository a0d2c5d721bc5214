// SPDX-License-Identifier: Apache-2.0

// GHASH (NIST SP 800-38D): multiplication by the key in GF(2^128), four bits at a time with a table of the
// key's multiples. Bits are reflected there: the leftmost bit of a block is the coefficient of 1.

#include "stub.h"

#define BLOCK 16

struct element {
  uint64_t high, low;
};

// Multiples of the key by the sixteen polynomials of degree below 4.
struct key {
  struct element multiple[16];
};

static struct element times_x(struct element e) {
  uint64_t carry = -(e.low & 1) & UINT64_C(0xe100000000000000);
  return (struct element){.high = e.high >> 1 ^ carry, .low = e.low >> 1 | e.high << 63};
}

static struct element sum(struct element a, struct element b) {
  return (struct element){.high = a.high ^ b.high, .low = a.low ^ b.low};
}

static struct element product(const struct key *key, struct element e) {
  struct element result = {0, 0};
  for (int nibble = 0; nibble < 32; nibble++) {
    uint64_t half = nibble < 16 ? e.low : e.high;
    for (int i = 0; i < 4; i++) result = times_x(result);
    result = sum(result, key->multiple[half >> 4 * (nibble % 16) & 15]);
  }
  return result;
}

static struct element load(const uint8_t *p) {
  return (struct element){.high = load_be64(p), .low = load_be64(p + 8)};
}

value mc_ghash_key_size(value unit) {
  (void)unit;
  return Val_int(sizeof(struct key));
}

value mc_ghash_init_key(value buffer, value offset, value bytes) {
  struct key *key = (struct key *)Bytes_val(bytes);
  memset(key, 0, sizeof *key);
  struct element power = load(at(buffer, offset));
  for (int bit = 8; bit > 0; bit /= 2) {
    for (int i = 0; i < 16; i++)
      if (i & bit) key->multiple[i] = sum(key->multiple[i], power);
    power = times_x(power);
  }
  return Val_unit;
}

// Data that do not fill the last block are followed by zeros.
value mc_ghash(value bytes, value hash, value buffer, value offset, value length) {
  const struct key *key = (const struct key *)Bytes_val(bytes);
  const uint8_t *data = at(buffer, offset);
  struct element e = load(Bytes_val(hash));
  for (intnat rest = Long_val(length); rest > 0; rest -= BLOCK, data += BLOCK) {
    uint8_t block[BLOCK] = {0};
    memcpy(block, data, rest < BLOCK ? rest : BLOCK);
    e = product(key, sum(e, load(block)));
  }
  store_be64(Bytes_val(hash), e.high);
  store_be64(Bytes_val(hash) + 8, e.low);
  return Val_unit;
}

// 0: portable code.
value mc_ghash_mode(value unit) {
  (void)unit;
  return Val_int(0);
}
