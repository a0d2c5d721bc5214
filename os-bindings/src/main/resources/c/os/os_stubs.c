/* SPDX-License-Identifier: Apache-2.0 */
/* The OCaml library mirage-os over board.h. None of these allocates while it holds a pointer into the
   heap, and none lets another OCaml thread run: there is one. */

#include <caml/alloc.h>
#include <caml/fail.h>
#include <caml/memory.h>
#include <caml/mlvalues.h>
#include <stdlib.h>
#include <string.h>

#include "arguments.h"
#include "board.h"

value mirage_monotonic_ns(value unit) {
  (void)unit;
  return caml_copy_int64((int64_t)board_monotonic_ns());
}

value mirage_wall_ns(value unit) {
  (void)unit;
  return caml_copy_int64(board_wall_ns());
}

/* -1 stands for no deadline; any other negative one is in the past. */
value mirage_wait(value deadline, value wanted) {
  int64_t at = Int64_val(deadline);
  uint64_t limit = at == -1 ? UINT64_MAX : at < 0 ? 0 : (uint64_t)at;
  return Val_int(board_wait(limit, Int_val(wanted)));
}

value mirage_console_event(value unit) {
  (void)unit;
  return Val_int(board_console_event());
}

value mirage_console_write(value text, value offset, value length) {
  board_console_write(String_val(text) + Long_val(offset), Long_val(length));
  return Val_unit;
}

value mirage_console_read(value bytes, value offset, value length) {
  return Val_int(board_console_read(Bytes_val(bytes) + Long_val(offset), Long_val(length)));
}

value mirage_random(value bytes, value offset, value length) {
  board_random(Bytes_val(bytes) + Long_val(offset), Long_val(length));
  return Val_unit;
}

value mirage_random_has_noise(value unit) {
  (void)unit;
  return Val_bool(board_random_has_noise());
}

value mirage_mac(value unit) {
  uint8_t mac[6];
  (void)unit;
  board_mac(mac);
  return caml_alloc_initialized_string(sizeof mac, (const char *)mac);
}

value mirage_boot_args(value unit) {
  CAMLparam1(unit);
  CAMLlocal1(result);
  const char *line = board_boot_args();
  size_t size = strlen(line) + 1;
  /* Two characters make at most one word. */
  char *copy = malloc(size), **words = malloc((size / 2 + 1) * sizeof *words);
  if (copy == NULL || words == NULL) {
    free(copy);
    free(words);
    caml_raise_out_of_memory();
  }
  int count = arguments_split(line, copy, words, size / 2 + 1);
  words[count] = NULL;
  result = caml_copy_string_array((const char **)words);
  free(words);
  free(copy);
  CAMLreturn(result);
}

/* The size in bytes, or -1 when there is no such partition. */
value mirage_partition_size(value name) {
  uint32_t offset, size;
  return Val_long(board_partition_find(String_val(name), &offset, &size) == 0 ? (intnat)size : -1);
}

/* These answer 0 or a BOARD_E code. */

value mirage_partition_read(value name, value offset, value bytes, value at, value length) {
  return Val_int(board_partition_read(String_val(name), Long_val(offset),
                                      Bytes_val(bytes) + Long_val(at), Long_val(length)));
}

value mirage_partition_write(value name, value offset, value bytes, value at, value length) {
  return Val_int(board_partition_write(String_val(name), Long_val(offset),
                                       Bytes_val(bytes) + Long_val(at), Long_val(length)));
}

value mirage_partition_erase(value name, value offset, value length) {
  return Val_int(board_partition_erase(String_val(name), Long_val(offset), Long_val(length)));
}

/* As many low bits as an int has. */
value mirage_cycle_count(value unit) {
  (void)unit;
  return Val_long((intnat)board_cycle_count());
}
