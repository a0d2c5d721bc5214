/* SPDX-License-Identifier: Apache-2.0 */
/* What boxed integers and big arrays refer to for marshalling, for programs that do not marshal: it is
   never called. All of this gives way to the runtime's own extern.c and intern.c, which a program that does
   refers to. */

#define CAML_INTERNALS

#include <stdlib.h>

#include "caml/intext.h"

#define WEAK __attribute__((weak))

WEAK void caml_serialize_int_1(int i) {}
WEAK void caml_serialize_int_2(int i) {}
WEAK void caml_serialize_int_4(int32_t i) {}
WEAK void caml_serialize_int_8(int64_t i) {}
WEAK void caml_serialize_block_1(void *data, intnat length) {}
WEAK void caml_serialize_block_2(void *data, intnat length) {}
WEAK void caml_serialize_block_4(void *data, intnat length) {}
WEAK void caml_serialize_block_8(void *data, intnat length) {}

WEAK int caml_deserialize_uint_1(void) { return 0; }
WEAK int caml_deserialize_uint_2(void) { return 0; }
WEAK uint32_t caml_deserialize_uint_4(void) { return 0; }
WEAK int32_t caml_deserialize_sint_4(void) { return 0; }
WEAK uint64_t caml_deserialize_uint_8(void) { return 0; }
WEAK int64_t caml_deserialize_sint_8(void) { return 0; }
WEAK void caml_deserialize_block_1(void *data, intnat length) {}
WEAK void caml_deserialize_block_2(void *data, intnat length) {}
WEAK void caml_deserialize_block_4(void *data, intnat length) {}
WEAK void caml_deserialize_block_8(void *data, intnat length) {}
WEAK void caml_deserialize_error(char *message) { abort(); }
