// SPDX-License-Identifier: Apache-2.0

// Triple DES (NIST SP 800-67), bit by bit as the standard writes it: nobody should need it fast.

#include "stub.h"

#define ROUNDS 16
#define STAGES 3

// Bits are numbered from 1 at the left, as in the standard.

static const uint8_t choice1[56] = {
    57, 49, 41, 33, 25, 17, 9,  1,  58, 50, 42, 34, 26, 18, 10, 2,  59, 51, 43, 35, 27, 19, 11, 3, 60, 52, 44, 36,
    63, 55, 47, 39, 31, 23, 15, 7,  62, 54, 46, 38, 30, 22, 14, 6,  61, 53, 45, 37, 29, 21, 13, 5, 28, 20, 12, 4,
};

static const uint8_t choice2[48] = {
    14, 17, 11, 24, 1,  5,  3,  28, 15, 6,  21, 10, 23, 19, 12, 4,  26, 8,  16, 7,  27, 20, 13, 2,
    41, 52, 31, 37, 47, 55, 30, 40, 51, 45, 33, 48, 44, 49, 39, 56, 34, 53, 46, 42, 50, 36, 29, 32,
};

static const uint8_t rotations[ROUNDS] = {1, 1, 2, 2, 2, 2, 2, 2, 1, 2, 2, 2, 2, 2, 2, 1};

static const uint8_t spread[32] = {
    16, 7, 20, 21, 29, 12, 28, 17, 1,  15, 23, 26, 5,  18, 31, 10,
    2,  8, 24, 14, 32, 27, 3,  9,  19, 13, 30, 6,  22, 11, 4,  25,
};

// Each box: four rows of sixteen.
static const uint8_t boxes[8][64] = {
    {14, 4,  13, 1, 2,  15, 11, 8,  3,  10, 6,  12, 5,  9,  0, 7, 0,  15, 7, 4, 14, 2, 13, 1, 10, 6,  12, 11, 9,  5,  3, 8,
     4,  1,  14, 8, 13, 6,  2,  11, 15, 12, 9,  7,  3,  10, 5, 0, 15, 12, 8, 2, 4,  9, 1,  7, 5,  11, 3,  14, 10, 0,  6, 13},
    {15, 1,  8, 14, 6,  11, 3,  4, 9, 7, 2,  13, 12, 0, 5, 10, 3,  13, 4,  7, 15, 2,  8, 14, 12, 0, 1, 10, 6, 9, 11, 5,
     0,  14, 7, 11, 10, 4,  13, 1, 5, 8, 12, 6,  9,  3, 2, 15, 13, 8,  10, 1, 3,  15, 4, 2,  11, 6, 7, 12, 0, 5, 14, 9},
    {10, 0, 9, 14, 6, 3,  15, 5, 1,  13, 12, 7,  11, 4,  2,  8, 13, 7,  0,  9, 3, 4, 6, 10, 2, 8,  5,  14, 12, 11, 15, 1,
     13, 6, 4, 9,  8, 15, 3,  0, 11, 1,  2,  12, 5,  10, 14, 7, 1,  10, 13, 0, 6, 9, 8, 7,  4, 15, 14, 3,  11, 5,  2,  12},
    {7,  13, 14, 3, 0,  6,  9, 10, 1,  2, 8, 5,  11, 12, 4, 15, 13, 8,  11, 5, 6,  15, 0,  3, 4, 7, 2, 12, 1,  10, 14, 9,
     10, 6,  9,  0, 12, 11, 7, 13, 15, 1, 3, 14, 5,  2,  8, 4,  3,  15, 0,  6, 10, 1,  13, 8, 9, 4, 5, 11, 12, 7,  2,  14},
    {2, 12, 4, 1,  7,  10, 11, 6, 8,  5, 3,  15, 13, 0, 14, 9,  14, 11, 2,  12, 4, 7,  13, 1,  5, 0,  15, 10, 3,  9, 8, 6,
     4, 2,  1, 11, 10, 13, 7,  8, 15, 9, 12, 5,  6,  3, 0,  14, 11, 8,  12, 7,  1, 14, 2,  13, 6, 15, 0,  9,  10, 4, 5, 3},
    {12, 1,  10, 15, 9, 2, 6,  8, 0, 13, 3, 4,  14, 7,  5,  11, 10, 15, 4, 2,  7, 12, 9,  5,  6,  1,  13, 14, 0, 11, 3, 8,
     9,  14, 15, 5,  2, 8, 12, 3, 7, 0,  4, 10, 1,  13, 11, 6,  4,  3,  2, 12, 9, 5,  15, 10, 11, 14, 1,  7,  6, 0,  8, 13},
    {4, 11, 2,  14, 15, 0, 8, 13, 3,  12, 9, 7, 5, 10, 6, 1, 13, 0,  11, 7, 4, 9, 1,  10, 14, 3, 5, 12, 2,  15, 8, 6,
     1, 4,  11, 13, 12, 3, 7, 14, 10, 15, 6, 8, 0, 5,  9, 2, 6,  11, 13, 8, 1, 4, 10, 7,  9,  5, 0, 15, 14, 2,  3, 12},
    {13, 2,  8, 4, 6, 15, 11, 1, 10, 9, 3,  14, 5,  0, 12, 7, 1, 15, 13, 8, 10, 3,  7, 4,  12, 5,  6, 11, 0, 14, 9, 2,
     7,  11, 4, 1, 9, 12, 14, 2, 0,  6, 10, 13, 15, 3, 5,  8, 2, 1,  14, 7, 4,  10, 8, 13, 15, 12, 9, 0,  3, 5,  6, 11},
};

// Subkeys in the order of their use. The library's interface keeps the key in use here.
static uint64_t subkeys[STAGES][ROUNDS];

// Bits of a number of so many bits, as a table selects them.
static uint64_t select_bits(uint64_t x, int width, const uint8_t *table, int size) {
  uint64_t result = 0;
  for (int i = 0; i < size; i++) result = result << 1 | (x >> (width - table[i]) & 1);
  return result;
}

// The initial permutation: rows are the columns of even, then odd bits, from the last to the first.
static uint64_t initial(uint64_t x) {
  uint64_t result = 0;
  for (int i = 0; i < 64; i++) {
    int row = i / 8, bit = 58 + 2 * (row % 4) - (row < 4 ? 0 : 1) - 8 * (i % 8);
    result = result << 1 | (x >> (64 - bit) & 1);
  }
  return result;
}

static uint64_t final(uint64_t x) {
  uint64_t result = 0;
  for (int i = 0; i < 64; i++) {
    int row = i / 8, bit = 58 + 2 * (row % 4) - (row < 4 ? 0 : 1) - 8 * (i % 8);
    result |= (x >> (63 - i) & 1) << (64 - bit);
  }
  return result;
}

static void schedule(const uint8_t *secret, uint64_t *keys, int reversed) {
  uint64_t halves = select_bits(load_be64(secret), 64, choice1, 56);
  uint32_t left = halves >> 28, right = halves & 0xfffffff;
  for (int i = 0; i < ROUNDS; i++) {
    int n = rotations[i];
    left = (left << n | left >> (28 - n)) & 0xfffffff;
    right = (right << n | right >> (28 - n)) & 0xfffffff;
    keys[reversed ? ROUNDS - 1 - i : i] =
        select_bits((uint64_t)left << 28 | right, 56, choice2, 48);
  }
}

static uint32_t mangle(uint32_t half, uint64_t key) {
  uint32_t result = 0;
  for (int i = 0; i < 8; i++) {
    // Six bits: four of the half, with one neighbour on each side.
    uint32_t six = (rotl32(half, (4 * i + 5) % 32) ^ key >> (42 - 6 * i)) & 63;
    int row = (six >> 4 & 2) | (six & 1), column = six >> 1 & 15;
    result = result << 4 | boxes[i][16 * row + column];
  }
  return select_bits(result, 32, spread, 32);
}

static uint64_t crypt(uint64_t x) {
  x = initial(x);
  for (int stage = 0; stage < STAGES; stage++) {
    uint32_t left = x >> 32, right = x;
    for (int i = 0; i < ROUNDS; i++) {
      uint32_t next = left ^ mangle(right, subkeys[stage][i]);
      left = right;
      right = next;
    }
    x = (uint64_t)right << 32 | left;
  }
  return final(x);
}

value mc_des_key_size(value unit) {
  (void)unit;
  return Val_int(sizeof subkeys);
}

// Direction 0: encrypt, decrypt, encrypt with the three parts of the secret; 1: the way back.
value mc_des_des3key(value secret, value offset, value direction) {
  int back = Int_val(direction);
  for (int stage = 0; stage < STAGES; stage++) {
    int part = back ? STAGES - 1 - stage : stage;
    schedule(at(secret, offset) + 8 * part, subkeys[stage], back ^ (part == 1));
  }
  return Val_unit;
}

value mc_des_cp3key(value key) {
  memcpy(Caml_ba_data_val(key), subkeys, sizeof subkeys);
  return Val_unit;
}

value mc_des_use3key(value key) {
  memcpy(subkeys, Caml_ba_data_val(key), sizeof subkeys);
  return Val_unit;
}

value mc_des_ddes(value src, value src_offset, value dst, value dst_offset, value blocks) {
  for (intnat i = 0; i < Long_val(blocks); i++)
    store_be64(at(dst, dst_offset) + 8 * i, crypt(load_be64(at(src, src_offset) + 8 * i)));
  return Val_unit;
}
