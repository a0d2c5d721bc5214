/* SPDX-License-Identifier: Apache-2.0 */
/* The primitives of num's module Nat: digits in a block of OCaml's heap, named by block, offset and length. */

#define CAML_INTERNALS
#include <string.h>

#include <caml/alloc.h>
#include <caml/custom.h>
#include <caml/hash.h>
#include <caml/intext.h>
#include <caml/memory.h>
#include <caml/mlvalues.h>

#include "digits.h"

#define DIGITS(nat) ((digit *)Data_custom_val(nat))
#define AT(nat, offset) (DIGITS(nat) + Long_val(offset))

enum { WORDS = sizeof(digit) / sizeof(uint32_t) };

static mlsize_t length(value nat) { return Wosize_val(nat) - 1; }

/* 32 bits at a time, the lowest first, so that every machine reads what any has written. */
static void serialize(value nat, uintnat *size_32, uintnat *size_64) {
  mlsize_t size = length(nat);
  caml_serialize_int_4((int32_t)(size * WORDS));
  for (mlsize_t i = 0; i < size; i++) {
    for (int k = 0; k < WORDS; k++) {
      caml_serialize_int_4((int32_t)(uint32_t)((two_digits)DIGITS(nat)[i] >> 32 * k));
    }
  }
  *size_32 = size * WORDS * 4;
  *size_64 = (size * WORDS + 1) / 2 * 8;
}

static uintnat deserialize(void *to) {
  uint32_t count = (uint32_t)caml_deserialize_uint_4();
  mlsize_t size = (count + WORDS - 1) / WORDS;
  memset(to, 0, size * sizeof(digit));
  for (uint32_t i = 0; i < count; i++) {
    ((digit *)to)[i / WORDS] |= (digit)(uint32_t)caml_deserialize_uint_4() << 32 * (i % WORDS);
  }
  return size * sizeof(digit);
}

/* The same for numbers with zeros at the top, and on every machine. */
static intnat hash(value nat) {
  mlsize_t size = length(nat);
  while (size > 0 && DIGITS(nat)[size - 1] == 0) size--;
  uint32_t h = 0;
  for (mlsize_t i = 0; i < size; i++) {
    for (int k = 0; k < WORDS; k++) {
      uint32_t word = (uint32_t)((two_digits)DIGITS(nat)[i] >> 32 * k);
      if (word != 0 || i + 1 < size || k == 0) h = caml_hash_mix_uint32(h, word);
    }
  }
  return h;
}

static struct custom_operations operations = {
    "_nat",    custom_finalize_default, custom_compare_default,     hash,
    serialize, deserialize,             custom_compare_ext_default, custom_fixed_length_default};

value initialize_nat(value unit) {
  caml_register_custom_operations(&operations);
  return unit;
}

value create_nat(value size) {
  return caml_alloc_custom(&operations, (mlsize_t)Long_val(size) * sizeof(digit), 0, 1);
}

value set_to_zero_nat(value nat, value offset, value size) {
  memset(AT(nat, offset), 0, (size_t)Long_val(size) * sizeof(digit));
  return Val_unit;
}

value blit_nat(value to, value to_offset, value from, value from_offset, value size) {
  memmove(AT(to, to_offset), AT(from, from_offset), (size_t)Long_val(size) * sizeof(digit));
  return Val_unit;
}

value set_digit_nat(value nat, value offset, value x) {
  *AT(nat, offset) = (digit)Long_val(x);
  return Val_unit;
}

value nth_digit_nat(value nat, value offset) { return Val_long(*AT(nat, offset)); }

value set_digit_nat_native(value nat, value offset, value x) {
  *AT(nat, offset) = (digit)Nativeint_val(x);
  return Val_unit;
}

value nth_digit_nat_native(value nat, value offset) {
  return caml_copy_nativeint((intnat)*AT(nat, offset));
}

value num_digits_nat(value nat, value offset, value size) {
  return Val_int(digits_used(AT(nat, offset), Int_val(size)));
}

value num_leading_zero_bits_in_digit(value nat, value offset) {
  return Val_int(digits_leading_zeros(*AT(nat, offset)));
}

value is_digit_int(value nat, value offset) { return Val_bool(*AT(nat, offset) <= (digit)Max_long); }
value is_digit_zero(value nat, value offset) { return Val_bool(*AT(nat, offset) == 0); }
value is_digit_odd(value nat, value offset) { return Val_bool(*AT(nat, offset) & 1); }

value is_digit_normalized(value nat, value offset) {
  return Val_bool(*AT(nat, offset) >> (DIGIT_BITS - 1));
}

value incr_nat(value nat, value offset, value size, value carry) {
  return Val_long(digits_increment(AT(nat, offset), Int_val(size), (digit)Long_val(carry)));
}

/* A carry of a subtraction is 1 where nothing is borrowed. */
value decr_nat(value nat, value offset, value size, value carry) {
  return Val_long(!digits_decrement(AT(nat, offset), Int_val(size), !Long_val(carry)));
}

value complement_nat(value nat, value offset, value size) {
  digit *at = AT(nat, offset);
  for (intnat i = 0; i < Long_val(size); i++) at[i] = ~at[i];
  return Val_unit;
}

value add_nat(value *a, int count) {
  (void)count;
  return Val_long(
      digits_add(AT(a[0], a[1]), Int_val(a[2]), AT(a[3], a[4]), Int_val(a[5]), (digit)Long_val(a[6])));
}

value sub_nat(value *a, int count) {
  (void)count;
  return Val_long(!digits_subtract(
      AT(a[0], a[1]), Int_val(a[2]), AT(a[3], a[4]), Int_val(a[5]), !Long_val(a[6])));
}

value mult_digit_nat(value *a, int count) {
  (void)count;
  return Val_long(
      digits_add_product(AT(a[0], a[1]), Int_val(a[2]), AT(a[3], a[4]), Int_val(a[5]), *AT(a[6], a[7])));
}

static digit add_product(digit *to, int size, const digit *a, int a_size, const digit *b, int b_size) {
  digit carry = 0;
  for (int i = 0; i < b_size; i++) carry += digits_add_product(to + i, size - i, a, a_size, b[i]);
  return carry;
}

value mult_nat(value *a, int count) {
  (void)count;
  return Val_long(add_product(
      AT(a[0], a[1]), Int_val(a[2]), AT(a[3], a[4]), Int_val(a[5]), AT(a[6], a[7]), Int_val(a[8])));
}

/* What is there is doubled first. */
value square_nat(value *a, int count) {
  (void)count;
  digit carry = digits_shift_left(AT(a[0], a[1]), Int_val(a[2]), 1);
  const digit *b = AT(a[3], a[4]);
  return Val_long(
      carry + add_product(AT(a[0], a[1]), Int_val(a[2]), b, Int_val(a[5]), b, Int_val(a[5])));
}

value shift_left_nat(value *a, int count) {
  (void)count;
  *AT(a[3], a[4]) = digits_shift_left(AT(a[0], a[1]), Int_val(a[2]), Int_val(a[5]));
  return Val_unit;
}

value shift_right_nat(value *a, int count) {
  (void)count;
  *AT(a[3], a[4]) = digits_shift_right(AT(a[0], a[1]), Int_val(a[2]), Int_val(a[5]));
  return Val_unit;
}

value div_digit_nat(value *a, int count) {
  (void)count;
  *AT(a[2], a[3]) =
      digits_divide_by(AT(a[0], a[1]), AT(a[4], a[5]), Int_val(a[6]), *AT(a[7], a[8]));
  return Val_unit;
}

value div_nat(value *a, int count) {
  (void)count;
  digits_divide(AT(a[0], a[1]), Int_val(a[2]), AT(a[3], a[4]), Int_val(a[5]));
  return Val_unit;
}

value compare_digits_nat(value a, value a_offset, value b, value b_offset) {
  return Val_int(digits_compare(AT(a, a_offset), 1, AT(b, b_offset), 1));
}

value compare_nat(value *a, int count) {
  (void)count;
  return Val_int(digits_compare(AT(a[0], a[1]), Int_val(a[2]), AT(a[3], a[4]), Int_val(a[5])));
}

value land_digit_nat(value a, value a_offset, value b, value b_offset) {
  *AT(a, a_offset) &= *AT(b, b_offset);
  return Val_unit;
}

value lor_digit_nat(value a, value a_offset, value b, value b_offset) {
  *AT(a, a_offset) |= *AT(b, b_offset);
  return Val_unit;
}

value lxor_digit_nat(value a, value a_offset, value b, value b_offset) {
  *AT(a, a_offset) ^= *AT(b, b_offset);
  return Val_unit;
}
