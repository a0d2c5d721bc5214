// SPDX-License-Identifier: Apache-2.0

// MD5 (RFC 1321) and SHA-1 (FIPS 180-4): the same frame around two rounds. Neither resists collisions.

#include "stub.h"

static const uint32_t sines[64] = {
    0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
    0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
    0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
    0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
    0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
    0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
    0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
    0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391,
};

static const uint32_t start[5] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};

struct hash {
  uint32_t state[5];
  uint32_t length_high, length; // bytes so far
  uint8_t block[64];
};

typedef void round_function(uint32_t *state, const uint8_t *block);

static void round_md5(uint32_t *state, const uint8_t *block) {
  static const uint8_t shifts[4][4] = {{7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}};
  uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
  for (int i = 0; i < 64; i++) {
    uint32_t f;
    int word;
    switch (i / 16) {
    case 0:
      f = (b & c) | (~b & d);
      word = i;
      break;
    case 1:
      f = (d & b) | (~d & c);
      word = (5 * i + 1) % 16;
      break;
    case 2:
      f = b ^ c ^ d;
      word = (3 * i + 5) % 16;
      break;
    default:
      f = c ^ (b | ~d);
      word = 7 * i % 16;
    }
    uint32_t sum = a + f + sines[i] + load_le32(block + 4 * word);
    a = d;
    d = c;
    c = b;
    b += rotl32(sum, shifts[i / 16][i % 4]);
  }
  state[0] += a;
  state[1] += b;
  state[2] += c;
  state[3] += d;
}

// One step; the five names change places from one to the next instead of their values.
#define SHA1_STEP(a, b, c, d, e, f, k, word) \
  do {                                       \
    e += rotl32(a, 5) + (f) + (k) + (word);  \
    b = rotl32(b, 30);                       \
  } while (0)

#define SHA1_STEPS(F, k)                                \
  for (int end = i + 20; i < end; i += 5) {             \
    SHA1_STEP(a, b, c, d, e, F(b, c, d), k, w[i]);      \
    SHA1_STEP(e, a, b, c, d, F(a, b, c), k, w[i + 1]);  \
    SHA1_STEP(d, e, a, b, c, F(e, a, b), k, w[i + 2]);  \
    SHA1_STEP(c, d, e, a, b, F(d, e, a), k, w[i + 3]);  \
    SHA1_STEP(b, c, d, e, a, F(c, d, e), k, w[i + 4]);  \
  }

#define CHOICE(x, y, z) ((z) ^ ((x) & ((y) ^ (z))))
#define PARITY(x, y, z) ((x) ^ (y) ^ (z))
#define MAJORITY(x, y, z) (((x) & (y)) | ((z) & ((x) | (y))))

static void round_sha1(uint32_t *state, const uint8_t *block) {
  uint32_t w[80];
  uint32_t a = state[0], b = state[1], c = state[2], d = state[3], e = state[4];
  for (int i = 0; i < 16; i++) w[i] = load_be32(block + 4 * i);
  for (int i = 16; i < 80; i++) w[i] = rotl32(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
  int i = 0;
  SHA1_STEPS(CHOICE, 0x5a827999)
  SHA1_STEPS(PARITY, 0x6ed9eba1)
  SHA1_STEPS(MAJORITY, 0x8f1bbcdc)
  SHA1_STEPS(PARITY, 0xca62c1d6)
  state[0] += a;
  state[1] += b;
  state[2] += c;
  state[3] += d;
  state[4] += e;
}

static void update(struct hash *h, const uint8_t *data, uint32_t size, round_function *round) {
  uint32_t used = h->length % sizeof h->block;
  h->length += size;
  h->length_high += h->length < size;
  while (size > 0) {
    uint32_t part = sizeof h->block - used;
    if (part > size) part = size;
    memcpy(h->block + used, data, part);
    data += part;
    size -= part;
    used += part;
    if (used == sizeof h->block) {
      round(h->state, h->block);
      used = 0;
    }
  }
}

// The length in bits, eight bytes, ends the last block.
static void finish(struct hash *h, const uint8_t *end, round_function *round) {
  static const uint8_t padding[64] = {0x80};
  uint32_t used = h->length % sizeof h->block;
  update(h, padding, used < 56 ? 56 - used : 120 - used, round);
  update(h, end, 8, round);
}

static value initialise(value context) {
  struct hash *h = (struct hash *)Bytes_val(context);
  memset(h, 0, sizeof *h);
  memcpy(h->state, start, sizeof start);
  return Val_unit;
}

value mc_md5_ctx_size(value unit) {
  (void)unit;
  return Val_int(sizeof(struct hash));
}

value mc_md5_init(value context) { return initialise(context); }

value mc_md5_update(value context, value data, value size) {
  update((struct hash *)Bytes_val(context), Caml_ba_data_val(data), Long_val(size), round_md5);
  return Val_unit;
}

value mc_md5_finalize(value context, value digest) {
  struct hash *h = (struct hash *)Bytes_val(context);
  uint8_t end[8];
  store_le32(end, h->length << 3);
  store_le32(end + 4, h->length_high << 3 | h->length >> 29);
  finish(h, end, round_md5);
  for (int i = 0; i < 4; i++) store_le32((uint8_t *)Caml_ba_data_val(digest) + 4 * i, h->state[i]);
  return Val_unit;
}

value mc_sha1_ctx_size(value unit) { return mc_md5_ctx_size(unit); }

value mc_sha1_init(value context) { return initialise(context); }

value mc_sha1_update(value context, value data, value size) {
  update((struct hash *)Bytes_val(context), Caml_ba_data_val(data), Long_val(size), round_sha1);
  return Val_unit;
}

value mc_sha1_finalize(value context, value digest) {
  struct hash *h = (struct hash *)Bytes_val(context);
  uint8_t end[8];
  store_be32(end, h->length_high << 3 | h->length >> 29);
  store_be32(end + 4, h->length << 3);
  finish(h, end, round_sha1);
  for (int i = 0; i < 5; i++) store_be32((uint8_t *)Caml_ba_data_val(digest) + 4 * i, h->state[i]);
  return Val_unit;
}
