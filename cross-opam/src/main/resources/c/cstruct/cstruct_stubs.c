// SPDX-License-Identifier: Apache-2.0

// The primitives of the OCaml library cstruct. Offsets and lengths were checked in OCaml; none of
// these allocates or raises.

#include <stdint.h>
#include <string.h>

#include <caml/bigarray.h>
#include <caml/mlvalues.h>

static uint8_t *at(value buffer, value offset) {
  return (uint8_t *)Caml_ba_data_val(buffer) + Long_val(offset);
}

value caml_blit_bigstring_to_bigstring(value src, value src_offset, value dst, value dst_offset,
                                       value length) {
  memmove(at(dst, dst_offset), at(src, src_offset), Long_val(length));
  return Val_unit;
}

value caml_blit_string_to_bigstring(value src, value src_offset, value dst, value dst_offset,
                                    value length) {
  memcpy(at(dst, dst_offset), String_val(src) + Long_val(src_offset), Long_val(length));
  return Val_unit;
}

value caml_blit_bigstring_to_string(value src, value src_offset, value dst, value dst_offset,
                                    value length) {
  memcpy(Bytes_val(dst) + Long_val(dst_offset), at(src, src_offset), Long_val(length));
  return Val_unit;
}

value caml_compare_bigstring(value left, value left_offset, value right, value right_offset,
                             value length) {
  int order = memcmp(at(left, left_offset), at(right, right_offset), Long_val(length));
  return Val_int((order > 0) - (order < 0));
}

value caml_fill_bigstring(value buffer, value offset, value length, value byte) {
  memset(at(buffer, offset), Int_val(byte), Long_val(length));
  return Val_unit;
}

value caml_check_alignment_bigstring(value buffer, value offset, value alignment) {
  return Val_bool((uintptr_t)at(buffer, offset) % Long_val(alignment) == 0);
}
