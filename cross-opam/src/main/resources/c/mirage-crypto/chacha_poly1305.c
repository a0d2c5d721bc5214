// SPDX-License-Identifier: Apache-2.0

// ChaCha20's block function and Poly1305 (RFC 8439).

#include "stub.h"

static void quarter(uint32_t *x, int a, int b, int c, int d) {
  x[a] += x[b];
  x[d] = rotl32(x[d] ^ x[a], 16);
  x[c] += x[d];
  x[b] = rotl32(x[b] ^ x[c], 12);
  x[a] += x[b];
  x[d] = rotl32(x[d] ^ x[a], 8);
  x[c] += x[d];
  x[b] = rotl32(x[b] ^ x[c], 7);
}

// One block of key stream; count is the number of double rounds.
value mc_chacha_round(value count, value src, value src_offset, value dst, value dst_offset) {
  uint32_t first[16], x[16];
  for (int i = 0; i < 16; i++) x[i] = first[i] = load_le32(at(src, src_offset) + 4 * i);
  for (int round = 0; round < Int_val(count); round++) {
    for (int i = 0; i < 4; i++) quarter(x, i, 4 + i, 8 + i, 12 + i);
    for (int i = 0; i < 4; i++) quarter(x, i, 4 + (i + 1) % 4, 8 + (i + 2) % 4, 12 + (i + 3) % 4);
  }
  for (int i = 0; i < 16; i++) store_le32(at(dst, dst_offset) + 4 * i, x[i] + first[i]);
  return Val_unit;
}

#define LIMB 0x3ffffff

// Numbers modulo 2^130 - 5 in five limbs of 26 bits.
struct poly1305 {
  uint32_t r[5], sum[5];
  uint32_t used;
  uint8_t pad[16], block[16];
};

// sum = (sum + block) * r; top is the bit that ends the block.
static void absorb(struct poly1305 *p, const uint8_t *block, uint32_t top) {
  uint32_t *h = p->sum;
  uint64_t product[5] = {0}, carry = 0;
  h[0] += load_le32(block) & LIMB;
  h[1] += load_le32(block + 3) >> 2 & LIMB;
  h[2] += load_le32(block + 6) >> 4 & LIMB;
  h[3] += load_le32(block + 9) >> 6 & LIMB;
  h[4] += load_le32(block + 12) >> 8 | top << 24;
  for (int i = 0; i < 5; i++)
    for (int j = 0; j < 5; j++)
      product[(i + j) % 5] += (uint64_t)h[i] * (i + j < 5 ? p->r[j] : 5 * p->r[j]);
  for (int i = 0; i < 5; i++) {
    product[i] += carry;
    h[i] = product[i] & LIMB;
    carry = product[i] >> 26;
  }
  h[0] += carry * 5;
  h[1] += h[0] >> 26;
  h[0] &= LIMB;
}

value mc_poly1305_ctx_size(value unit) {
  (void)unit;
  return Val_int(sizeof(struct poly1305));
}

value mc_poly1305_mac_size(value unit) {
  (void)unit;
  return Val_int(16);
}

value mc_poly1305_init(value context, value key, value offset) {
  struct poly1305 *p = (struct poly1305 *)Bytes_val(context);
  const uint8_t *k = at(key, offset);
  memset(p, 0, sizeof *p);
  p->r[0] = load_le32(k) & 0x3ffffff;
  p->r[1] = load_le32(k + 3) >> 2 & 0x3ffff03;
  p->r[2] = load_le32(k + 6) >> 4 & 0x3ffc0ff;
  p->r[3] = load_le32(k + 9) >> 6 & 0x3f03fff;
  p->r[4] = load_le32(k + 12) >> 8 & 0x00fffff;
  memcpy(p->pad, k + 16, sizeof p->pad);
  return Val_unit;
}

value mc_poly1305_update(value context, value buffer, value offset, value size) {
  struct poly1305 *p = (struct poly1305 *)Bytes_val(context);
  const uint8_t *data = at(buffer, offset);
  for (intnat i = 0; i < Long_val(size); i++) {
    p->block[p->used++] = data[i];
    if (p->used == sizeof p->block) {
      absorb(p, p->block, 1);
      p->used = 0;
    }
  }
  return Val_unit;
}

value mc_poly1305_finalize(value context, value mac, value offset) {
  struct poly1305 *p = (struct poly1305 *)Bytes_val(context);
  uint32_t *h = p->sum, reduced[5], carry, choose;
  uint64_t word = 0;
  if (p->used > 0) {
    p->block[p->used++] = 1;
    memset(p->block + p->used, 0, sizeof p->block - p->used);
    absorb(p, p->block, 0);
  }
  for (int pass = 0; pass < 2; pass++) {
    carry = 0;
    for (int i = 0; i < 5; i++) {
      h[i] += carry;
      carry = h[i] >> 26;
      h[i] &= LIMB;
    }
    h[0] += 5 * carry;
  }
  // sum - (2^130 - 5) in place of sum, unless that is negative.
  carry = 5;
  for (int i = 0; i < 5; i++) {
    reduced[i] = h[i] + carry;
    carry = reduced[i] >> 26;
    reduced[i] &= LIMB;
  }
  choose = -carry;
  for (int i = 0; i < 5; i++) h[i] = (h[i] & ~choose) | (reduced[i] & choose);
  for (int i = 0; i < 4; i++) {
    uint32_t part = h[i] >> 6 * i | h[i + 1] << (26 - 6 * i);
    word += (uint64_t)part + load_le32(p->pad + 4 * i);
    store_le32(at(mac, offset) + 4 * i, word);
    word >>= 32;
  }
  return Val_unit;
}
