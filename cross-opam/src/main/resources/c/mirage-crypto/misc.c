// SPDX-License-Identifier: Apache-2.0

// The rest: counters, exclusive or, and what other machines detect.

#include "stub.h"

value mc_xor_into(value src, value src_offset, value dst, value dst_offset, value size) {
  const uint8_t *from = at(src, src_offset);
  uint8_t *to = at(dst, dst_offset);
  for (intnat i = 0; i < Long_val(size); i++) to[i] ^= from[i];
  return Val_unit;
}

// Writes blocks of so many bytes, each a big-endian number one larger than the one before; only the last
// bytes, as many as told, take part in the addition.
static value count(value first, value dst, value offset, value blocks, int size, int counting) {
  uint8_t number[16], *to = at(dst, offset);
  memcpy(number, Bytes_val(first), size);
  for (intnat i = 0; i < Long_val(blocks); i++, to += size) {
    memcpy(to, number, size);
    for (int j = size - 1; j >= size - counting && ++number[j] == 0; j--) {
    }
  }
  return Val_unit;
}

value mc_count_8_be(value first, value dst, value offset, value blocks) {
  return count(first, dst, offset, blocks, 8, 8);
}

value mc_count_16_be(value first, value dst, value offset, value blocks) {
  return count(first, dst, offset, blocks, 16, 16);
}

value mc_count_16_be_4(value first, value dst, value offset, value blocks) {
  return count(first, dst, offset, blocks, 16, 4);
}

// 0: portable code.
value mc_misc_mode(value unit) {
  (void)unit;
  return Val_int(0);
}

value mc_detect_cpu_features(value unit) { return unit; }

value mc_entropy_detect(value unit) { return unit; }
