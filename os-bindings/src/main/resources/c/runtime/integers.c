/* SPDX-License-Identifier: Apache-2.0 */
/* Integers in decimal, as string_of_int, Int32.to_string and most of Printf want them: without the printf family, which
   takes six times as long. All other formats are left to the runtime's own primitives, which are renamed when they are
   compiled. */

#define CAML_INTERNALS

#include <stdbool.h>
#include <stdint.h>

#include "caml/alloc.h"
#include "caml/mlvalues.h"

/* The word of the strings "%d" and "%i": two characters, and one byte of padding that counts itself. */
#define FORMAT_D 0x01006425
#define FORMAT_I 0x01006925

static bool is_decimal(value format) {
  return Wosize_val(format) == 1 && (Field(format, 0) == FORMAT_D || Field(format, 0) == FORMAT_I);
}

static value decimal(int32_t n) {
  char digits[11]; /* -2147483648 */
  char *end = digits + sizeof digits, *at = end;
  uint32_t left = n < 0 ? -(uint32_t)n : (uint32_t)n;
  do {
    uint32_t tens = left / 10;
    *--at = (char)('0' + (left - 10 * tens));
    left = tens;
  } while (left != 0);
  if (n < 0) *--at = '-';
  return caml_alloc_initialized_string(end - at, at);
}

#undef caml_format_int
value caml_format_int_anyway(value format, value n);

value caml_format_int(value format, value n) {
  return is_decimal(format) ? decimal(Long_val(n)) : caml_format_int_anyway(format, n);
}

#undef caml_int32_format
value caml_int32_format_anyway(value format, value n);

value caml_int32_format(value format, value n) {
  return is_decimal(format) ? decimal(Int32_val(n)) : caml_int32_format_anyway(format, n);
}

#undef caml_nativeint_format
value caml_nativeint_format_anyway(value format, value n);

value caml_nativeint_format(value format, value n) {
  return is_decimal(format) ? decimal(Nativeint_val(n)) : caml_nativeint_format_anyway(format, n);
}
