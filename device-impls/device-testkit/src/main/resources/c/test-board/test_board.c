/* SPDX-License-Identifier: Apache-2.0 */
/* The C boundary for tests of OCaml libraries: time is virtual and jumps to what the program waits
   for, random numbers are the same every time, console input comes from a variable. Waiting for
   what can never come ends the program with status 99.

     BOARD_WALL_NS   time of day at start
     BOARD_INPUT     console input; "|" separates what arrives one second after the other; the end
                     of input follows one second later
     BOARD_SEED      seed of the random numbers
     BOARD_PARTITION file that is the data partition "test", in place of an empty one of 64 KB  */

#define CAML_NAME_SPACE
#include <caml/alloc.h>
#include <caml/memory.h>
#include <caml/mlvalues.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SECOND 1000000000LL
#define FOR_EVER INT64_MAX

static int64_t now;

static const char *setting(const char *name, const char *absent) {
  const char *value = getenv(name);
  return value ? value : absent;
}

/* ---- Time ---- */

value mirage_monotonic_ns(value unit) { return caml_copy_int64(now); }

value mirage_wall_ns(value unit) {
  return caml_copy_int64(atoll(setting("BOARD_WALL_NS", "0")) + now);
}

value mirage_cycle_count(value unit) { return Val_long(now / 1000 & 0x3fffffff); }

/* ---- Console input: chunk i of the setting is there from second i + 1 on. ---- */

static const char *input;
static int64_t input_time = SECOND;

static void start_input(void) {
  if (!input) input = setting("BOARD_INPUT", "");
}

value mirage_wait(value deadline, value wanted) {
  int64_t until = Int64_val(deadline);
  start_input();
  if (until < 0) until = FOR_EVER;
  if (Int_val(wanted) & 1) {
    if (now >= input_time) return Val_long(1);
    if (input_time <= until) {
      now = input_time;
      return Val_long(1);
    }
  }
  if (until == FOR_EVER) {
    fprintf(stderr, "test board: waiting for ever\n");
    _exit(99);
  }
  if (until > now) now = until;
  return Val_long(0);
}

value mirage_console_read(value buffer, value offset, value length) {
  start_input();
  if (now < input_time) return Val_long(0);
  if (*input == '\0') return Val_long(-1);
  long n = 0;
  while (n < Long_val(length) && input[n] != '\0' && input[n] != '|') n++;
  memcpy(Bytes_val(buffer) + Long_val(offset), input, n);
  input += n;
  if (*input == '|') input++;
  if (*input == '\0' || input[-1] == '|') input_time += SECOND;
  return Val_long(n);
}

value mirage_console_write(value text, value offset, value length) {
  fwrite(String_val(text) + Long_val(offset), 1, Long_val(length), stdout);
  fflush(stdout);
  return Val_unit;
}

/* ---- Randomness and identity ---- */

value mirage_random(value buffer, value offset, value length) {
  static uint64_t state;
  if (!state) state = strtoull(setting("BOARD_SEED", "1"), NULL, 10) * 2 + 1;
  for (long i = 0; i < Long_val(length); i++) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    Byte_u(buffer, Long_val(offset) + i) = state >> 56;
  }
  return Val_unit;
}

value mirage_mac(value unit) { return caml_alloc_initialized_string(6, "\x02\x00\x00\x00\x00\x01"); }

/* Words in the variable BOARD_ARGS, separated by single blanks. */
value mirage_boot_args(value unit) {
  CAMLparam0();
  CAMLlocal1(array);
  static char line[1000];
  char *words[100], *word;
  int n = 0;
  snprintf(line, sizeof line, "%s", setting("BOARD_ARGS", ""));
  for (word = strtok(line, " "); word && n < 99; word = strtok(NULL, " ")) words[n++] = word;
  words[n] = NULL;
  array = caml_copy_string_array((char const **)words);
  CAMLreturn(array);
}

/* ---- Partition "test" ---- */

#define SECTOR 4096
static unsigned char flash[16 * SECTOR];
static int flash_ready;

static int is_partition(value name) {
  if (!flash_ready) {
    memset(flash, 0xff, sizeof flash);
    FILE *file = fopen(setting("BOARD_PARTITION", "/dev/null"), "rb");
    if (file) {
      if (fread(flash, 1, sizeof flash, file) == 0) clearerr(file);
      fclose(file);
    }
    flash_ready = 1;
  }
  return strcmp(String_val(name), "test") == 0;
}

static int inside(value position, value length) {
  return Long_val(position) >= 0 && Long_val(length) >= 0 &&
         Long_val(position) + Long_val(length) <= (long)sizeof flash;
}

value mirage_partition_size(value name) {
  return Val_long(is_partition(name) ? (long)sizeof flash : -1);
}

value mirage_partition_read(value name, value position, value buffer, value offset, value length) {
  if (!is_partition(name)) return Val_long(-1);
  if (!inside(position, length)) return Val_long(-2);
  memcpy(Bytes_val(buffer) + Long_val(offset), flash + Long_val(position), Long_val(length));
  return Val_long(0);
}

value mirage_partition_write(value name, value position, value buffer, value offset, value length) {
  if (!is_partition(name)) return Val_long(-1);
  if (!inside(position, length)) return Val_long(-2);
  for (long i = 0; i < Long_val(length); i++)
    flash[Long_val(position) + i] &= Byte_u(buffer, Long_val(offset) + i);
  return Val_long(0);
}

value mirage_partition_erase(value name, value position, value length) {
  if (!is_partition(name)) return Val_long(-1);
  if (!inside(position, length) || Long_val(position) % SECTOR || Long_val(length) % SECTOR)
    return Val_long(-2);
  memset(flash + Long_val(position), 0xff, Long_val(length));
  return Val_long(0);
}
