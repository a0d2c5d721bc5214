// SPDX-License-Identifier: Apache-2.0

// The primitives of the OCaml library bigstringaf. Offsets and lengths were checked in OCaml; none
// of these allocates or raises.

#include <stdint.h>
#include <string.h>

#include <caml/bigarray.h>
#include <caml/mlvalues.h>

static uint8_t *at(value buffer, value offset) {
  return (uint8_t *)Caml_ba_data_val(buffer) + Long_val(offset);
}

value bigstringaf_blit_to_bigstring(value src, value src_offset, value dst, value dst_offset,
                                    value length) {
  memmove(at(dst, dst_offset), at(src, src_offset), Long_val(length));
  return Val_unit;
}

value bigstringaf_blit_to_bytes(value src, value src_offset, value dst, value dst_offset,
                                value length) {
  memcpy(Bytes_val(dst) + Long_val(dst_offset), at(src, src_offset), Long_val(length));
  return Val_unit;
}

value bigstringaf_blit_from_bytes(value src, value src_offset, value dst, value dst_offset,
                                  value length) {
  memcpy(at(dst, dst_offset), String_val(src) + Long_val(src_offset), Long_val(length));
  return Val_unit;
}

value bigstringaf_memcmp_bigstring(value left, value left_offset, value right, value right_offset,
                                   value length) {
  return Val_int(memcmp(at(left, left_offset), at(right, right_offset), Long_val(length)));
}

value bigstringaf_memcmp_string(value left, value left_offset, value right, value right_offset,
                                value length) {
  return Val_int(
      memcmp(at(left, left_offset), String_val(right) + Long_val(right_offset), Long_val(length)));
}

// The index of the byte in the buffer, -1 when it is not among the bytes looked at.
value bigstringaf_memchr(value buffer, value offset, value byte, value length) {
  uint8_t *start = at(buffer, offset);
  uint8_t *found = memchr(start, Int_val(byte), Long_val(length));
  return found == NULL ? Val_int(-1) : Val_long(Long_val(offset) + (found - start));
}
