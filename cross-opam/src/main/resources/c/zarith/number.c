/* SPDX-License-Identifier: Apache-2.0 */
#include "number.h"

#include <string.h>

#define CAML_INTERNALS
#include <caml/fail.h>
#include <caml/memory.h>

/* Most primitives need little: it comes from here, the rest from the C heap. */
enum { QUICK = 256 };

struct block {
  struct block *before;
  limb limbs[];
};

static limb quick[QUICK];
static int quick_used;
static struct block *last;
static int block_count;

/* Marks hold both counts. */
int z_mark(void) { return block_count * (QUICK + 1) + quick_used; }

void z_release_to(int mark) {
  while (block_count > mark / (QUICK + 1)) {
    struct block *block = last;
    last = block->before;
    block_count--;
    caml_stat_free(block);
  }
  quick_used = mark % (QUICK + 1);
}

void z_release(void) { z_release_to(0); }

limb *z_take(int n) {
  if (n <= QUICK - quick_used) {
    quick_used += n;
    return quick + quick_used - n;
  }
  struct block *block = caml_stat_alloc_noexc(sizeof *block + (asize_t)n * sizeof(limb));
  if (block == NULL) {
    z_release();
    caml_raise_out_of_memory();
  }
  block->before = last;
  last = block;
  block_count++;
  return block->limbs;
}

void z_keep(int mark, int count, struct number *const numbers[]) {
  if (block_count - mark / (QUICK + 1) < 16) return;
  struct block *kept = NULL;
  int size = 0;
  for (int i = 0; i < count; i++) size += numbers[i]->size;
  /* Behind all that is released: it becomes the one block behind the mark. */
  limb *to = z_take(size > QUICK ? size : QUICK + 1);
  kept = last;
  last = kept->before;
  block_count--;
  for (int i = 0; i < count; i++) {
    memcpy(to, numbers[i]->at, (size_t)numbers[i]->size * sizeof(limb));
    numbers[i]->at = to;
    to += numbers[i]->size;
  }
  z_release_to(mark);
  kept->before = last;
  last = kept;
  block_count++;
}

struct number z_make(limb *at, int size, int negative) {
  size = limbs_trimmed(at, size);
  return (struct number){at, size, negative && size > 0};
}

struct number z_of_limb(limb x) {
  limb *at = z_take(1);
  at[0] = x;
  return z_make(at, 1, 0);
}

/* A copy with room for more limbs, which are 0. */
static struct number copy_with(struct number a, int more) {
  limb *at = z_take(a.size + more);
  memcpy(at, a.at, (size_t)a.size * sizeof(limb));
  memset(at + a.size, 0, (size_t)more * sizeof(limb));
  return (struct number){at, a.size, a.negative};
}

struct number z_copy(struct number a) { return copy_with(a, 0); }

struct number z_negate(struct number a) {
  a.negative = a.size > 0 && !a.negative;
  return a;
}

int z_compare(struct number a, struct number b) {
  if (a.negative != b.negative) return a.negative ? -1 : 1;
  int magnitudes = limbs_compare(a.at, a.size, b.at, b.size);
  return a.negative ? -magnitudes : magnitudes;
}

int z_bits(struct number a) {
  return a.size == 0 ? 0 : LIMB_BITS * a.size - __builtin_clz(a.at[a.size - 1]);
}

int z_is_odd(struct number a) { return a.size > 0 && (a.at[0] & 1); }

int z_is_one(struct number a) { return a.size == 1 && a.at[0] == 1 && !a.negative; }

struct number z_add(struct number a, struct number b) {
  if (a.size < b.size) {
    struct number other = a;
    a = b;
    b = other;
  }
  limb *r = z_take(a.size + 1);
  if (a.negative == b.negative) {
    r[a.size] = limbs_add(r, a.at, a.size, b.at, b.size);
    return z_make(r, a.size + 1, a.negative);
  }
  if (limbs_compare(a.at, a.size, b.at, b.size) < 0) {
    limbs_subtract(r, b.at, b.size, a.at, a.size);
    return z_make(r, b.size, b.negative);
  }
  limbs_subtract(r, a.at, a.size, b.at, b.size);
  return z_make(r, a.size, a.negative);
}

struct number z_subtract(struct number a, struct number b) { return z_add(a, z_negate(b)); }

struct number z_multiply(struct number a, struct number b) {
  limb *r = z_take(a.size + b.size);
  limbs_multiply(r, a.at, a.size, b.at, b.size);
  return z_make(r, a.size + b.size, a.negative != b.negative);
}

struct number z_multiply_by(struct number a, limb b) {
  limb *r = z_take(a.size + 1);
  r[a.size] = limbs_multiply_by_limb(r, a.at, a.size, b, 0);
  return z_make(r, a.size + 1, a.negative);
}

struct number z_shift_left(struct number a, int count) {
  int whole = count / LIMB_BITS;
  limb *r = z_take(a.size + whole + 1);
  memset(r, 0, (size_t)whole * sizeof(limb));
  r[a.size + whole] = limbs_shift_left(r + whole, a.at, a.size, count % LIMB_BITS);
  return z_make(r, a.size + whole + 1, a.negative);
}

struct number z_shift_right(struct number a, int count) {
  int whole = count / LIMB_BITS;
  if (whole >= a.size) return z_make(a.at, 0, 0);
  limb *r = z_take(a.size - whole);
  limbs_shift_right(r, a.at + whole, a.size - whole, count % LIMB_BITS);
  return z_make(r, a.size - whole, a.negative);
}

void z_divide(struct number a, struct number b, enum rounding to, struct number *quotient, struct number *rest) {
  int negative = a.negative != b.negative;
  struct number q = z_make(a.at, 0, 0), r = a;
  if (a.size >= b.size) {
    limb *left = copy_with(a, 1).at, *digits = z_take(a.size - b.size + 1);
    limbs_divide(digits, left, a.size, z_copy(b).at, b.size);
    q = z_make(digits, a.size - b.size + 1, negative);
    r = z_make(left, b.size, a.negative);
  }
  if (r.size > 0 && to == (negative ? FLOOR : CEILING)) {
    struct number one = z_of_limb(1);
    q = negative ? z_subtract(q, one) : z_add(q, one);
    r = negative ? z_add(r, b) : z_subtract(r, b);
  }
  if (quotient != NULL) *quotient = q;
  if (rest != NULL) *rest = r;
}

struct number z_modulo(struct number a, struct number b) {
  struct number rest;
  b.negative = 0;
  z_divide(a, b, FLOOR, NULL, &rest);
  return rest;
}

struct number z_power(struct number base, unsigned exponent) {
  struct number result = z_of_limb(1);
  int mark = z_mark();
  for (int i = exponent == 0 ? -1 : 31 - __builtin_clz(exponent); i >= 0; i--) {
    result = z_multiply(result, result);
    if (exponent >> i & 1) result = z_multiply(result, base);
    Z_KEEP(mark, &result);
  }
  return result;
}
