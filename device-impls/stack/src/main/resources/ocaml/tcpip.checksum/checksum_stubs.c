/* SPDX-License-Identifier: Apache-2.0 */
/* The Internet checksum of a part of a bigarray: whole words wherever memory allows. */

#define CAML_NAME_SPACE
#include <caml/bigarray.h>
#include <caml/mlvalues.h>
#include <stdint.h>

#define LITTLE (*(const uint16_t *)"\1" == 1)

static uint32_t swap(uint32_t sum) { return (sum & 0xff) << 8 | sum >> 8; }

static uint32_t fold(uint32_t sum) {
  sum = (sum & 0xffff) + (sum >> 16);
  return (sum & 0xffff) + (sum >> 16);
}

static uint32_t add(uint32_t sum, uint32_t word) {
  sum += word;
  return sum + (sum < word); /* the carry comes in again at the low end */
}

/* The same where it is the price of every byte: a branch over one instruction. */
#define ADD(i)                                    \
  {                                               \
    uint32_t word = words[i];                     \
    sum += word;                                  \
    if (__builtin_expect(sum < word, 0)) sum++;   \
  }

static uint32_t sum_words(const uint32_t *words, uintnat count) {
  uint32_t sum = 0;
  for (const uint32_t *end = words + (count & ~(uintnat)7); words != end; words += 8) {
    ADD(0) ADD(1) ADD(2) ADD(3) ADD(4) ADD(5) ADD(6) ADD(7)
  }
  for (const uint32_t *end = words + (count & 7); words != end; words++) ADD(0)
  return sum;
}

/* The sum in the machine's byte order of words that begin at an even address. */
static uint32_t native_sum(const uint8_t *p, intnat length) {
  uint32_t sum = 0;
  if (((uintptr_t)p & 2) && length >= 2) {
    sum = *(const uint16_t *)p;
    p += 2;
    length -= 2;
  }
  sum = add(sum, sum_words((const uint32_t *)p, length / 4));
  p += length & ~(intnat)3;
  if (length & 2) {
    sum = add(sum, *(const uint16_t *)p);
    p += 2;
  }
  if (length & 1) sum = add(sum, LITTLE ? p[0] : p[0] << 8);
  return fold(sum);
}

/* buffer, offset, length, sum so far: the sum with that part of the buffer. */
value mirage_checksum(value buffer, value offset, value length, value init) {
  const uint8_t *p = (const uint8_t *)Caml_ba_data_val(buffer) + Long_val(offset);
  intnat n = Long_val(length);
  uint32_t sum = 0;
  if (((uintptr_t)p & 1) && n > 0) {
    /* From an odd address: the first byte alone, the rest is shifted by one byte. */
    sum = native_sum(p + 1, n - 1);
    sum = add(LITTLE ? sum : swap(sum), (uint32_t)p[0] << 8);
  } else {
    sum = native_sum(p, n);
    if (LITTLE) sum = swap(sum);
  }
  return Val_long(fold(add(fold(sum), Long_val(init))));
}
