/* SPDX-License-Identifier: Apache-2.0 */
/* Primitives of OCaml's runtime that ask the C heap for what they need, and lose it, or worse, where a second thing has no place:
   they do not begin before there is room for all. */

#define CAML_INTERNALS

#include <stddef.h>

#include "caml/callback.h"
#include "caml/fail.h"
#include "caml/io.h"
#include "caml/memory.h"
#include "caml/mlvalues.h"
#include "ram.h"

/* Bytes: what several small blocks take besides. */
#define SMALL_BLOCKS 128

static void need(size_t bytes) {
  if (bytes != 0 && !ram_make_room(bytes + SMALL_BLOCKS)) caml_raise_out_of_memory();
}

#define DOOR_1(primitive, bytes)               \
  value __real_##primitive(value a);           \
  value __wrap_##primitive(value a) {          \
    CAMLparam1(a);                             \
    need(bytes);                               \
    CAMLreturn(__real_##primitive(a));         \
  }

#define DOOR_2(primitive, bytes)               \
  value __real_##primitive(value a, value b);  \
  value __wrap_##primitive(value a, value b) { \
    CAMLparam2(a, b);                          \
    need(bytes);                               \
    CAMLreturn(__real_##primitive(a, b));      \
  }

#define DOOR_3(primitive, bytes)                         \
  value __real_##primitive(value a, value b, value c);   \
  value __wrap_##primitive(value a, value b, value c) {  \
    CAMLparam3(a, b, c);                                 \
    need(bytes);                                         \
    CAMLreturn(__real_##primitive(a, b, c));             \
  }

/* A name that is not there yet, and a root. */
DOOR_2(caml_register_named_value, caml_named_value(String_val(a)) != NULL ? 0 : caml_string_length(a) + 1)

/* Channels that nobody uses any more are given back by collections. */
DOOR_1(caml_ml_open_descriptor_in, sizeof(struct channel))
DOOR_1(caml_ml_open_descriptor_out, sizeof(struct channel))
DOOR_2(caml_ml_set_channel_name, caml_string_length(b) + 1)

/* Short texts are on the stack; a long result has no place in the minor heap. */
DOOR_1(caml_float_of_string, caml_string_length(a) < 64 ? 0 : caml_string_length(a) + 1)

static size_t hexadecimal(intnat precision) {
  if (precision <= 52) return 0;
  return precision < 1000 ? precision + 12 : 2 * precision + 3 * 1024;
}

DOOR_3(caml_hexstring_of_float, hexadecimal(Long_val(b)))
