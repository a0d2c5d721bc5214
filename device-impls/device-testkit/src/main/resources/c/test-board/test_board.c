/* SPDX-License-Identifier: Apache-2.0 */
/* The board for tests of OCaml libraries: time is virtual and jumps to what the program waits
   for, random numbers are the same every time, console input comes from a variable. Waiting for
   what can never come ends the program with status 99.

     BOARD_WALL_NS   time of day at start
     BOARD_INPUT     console input; "|" separates what arrives one second after the other; the end
                     of input follows one second later
     BOARD_ARGS      boot arguments
     BOARD_SEED      seed of the random numbers
     BOARD_PARTITION file that is the data partition "test", in place of an empty one of 64 KB  */

#include "board.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "test_board.h"

#define SECOND 1000000000ULL

static uint64_t now;

static const char *setting(const char *name, const char *absent) {
  const char *value = getenv(name);
  return value ? value : absent;
}

/* ---- Time ---- */

uint64_t board_monotonic_ns(void) { return now; }

int64_t board_wall_ns(void) { return atoll(setting("BOARD_WALL_NS", "0")) + (int64_t)now; }

uint32_t board_cycle_count(void) { return now / 1000 & 0x3fffffff; }

/* ---- Events ---- */

static event_time *sources[BOARD_EVENTS];
static unsigned count;

unsigned event_add(event_time *source) {
  sources[count] = source;
  return 1u << count++;
}

unsigned board_wait(uint64_t deadline_ns, unsigned wanted) {
  uint64_t first = UINT64_MAX;
  unsigned there = 0;
  for (unsigned i = 0; i < count; i++) {
    uint64_t time = wanted >> i & 1 ? sources[i]() : UINT64_MAX;
    if (time < now) time = now;
    if (time < first) there = 0;
    if (time <= first && time != UINT64_MAX) {
      there |= 1u << i;
      first = time;
    }
  }
  if (first > deadline_ns) there = 0;
  if (!there && deadline_ns == UINT64_MAX) {
    fprintf(stderr, "test board: waiting for ever\n");
    _exit(99);
  }
  uint64_t end = there ? first : deadline_ns;
  if (end > now) now = end;
  return there;
}

/* ---- Console input: chunk i of the setting is there from second i + 1 on. ---- */

static const char *input;
static uint64_t input_time = SECOND;

static void start_input(void) {
  if (!input) input = setting("BOARD_INPUT", "");
}

static uint64_t when_input(void) { return input_time; }

unsigned board_console_event(void) {
  static unsigned event;
  if (!event) event = event_add(when_input);
  return event;
}

int board_console_read(void *data, size_t size) {
  start_input();
  if (now < input_time) return 0;
  if (*input == '\0') return -1;
  size_t n = 0;
  while (n < size && input[n] != '\0' && input[n] != '|') n++;
  memcpy(data, input, n);
  input += n;
  if (*input == '|') input++;
  if (*input == '\0' || input[-1] == '|') input_time += SECOND;
  return (int)n;
}

void board_console_write(const void *data, size_t size) {
  fwrite(data, 1, size, stdout);
  fflush(stdout);
}

/* ---- Randomness, identity, arguments ---- */

void board_random(void *data, size_t size) {
  static uint64_t state;
  uint8_t *bytes = data;
  if (!state) state = strtoull(setting("BOARD_SEED", "1"), NULL, 10) * 2 + 1;
  for (size_t i = 0; i < size; i++) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    bytes[i] = state >> 56;
  }
}

bool board_random_has_noise(void) { return strcmp(setting("BOARD_NOISE", "on"), "on") == 0; }

void board_mac(uint8_t mac[6]) { memcpy(mac, "\x02\x00\x00\x00\x00\x01", 6); }

const char *board_boot_args(void) { return setting("BOARD_ARGS", ""); }

/* ---- Partition "test" ---- */

static uint8_t flash[16 * BOARD_SECTOR];

static bool is_partition(const char *name) {
  static bool ready;
  if (!ready) {
    memset(flash, 0xff, sizeof flash);
    FILE *file = fopen(setting("BOARD_PARTITION", "/dev/null"), "rb");
    if (file) {
      if (fread(flash, 1, sizeof flash, file) == 0) clearerr(file);
      fclose(file);
    }
    ready = true;
  }
  return strcmp(name, "test") == 0;
}

/* 0, or why the range cannot be used. */
static int check(const char *name, uint32_t offset, uint32_t size) {
  if (!is_partition(name)) return BOARD_ENOENT;
  return offset <= sizeof flash && size <= sizeof flash - offset ? 0 : BOARD_EINVAL;
}

int board_partition_find(const char *name, uint32_t *offset, uint32_t *size) {
  *offset = 0;
  *size = sizeof flash;
  return check(name, 0, 0);
}

int board_partition_read(const char *name, uint32_t offset, void *data, uint32_t size) {
  int problem = check(name, offset, size);
  if (problem == 0) memcpy(data, flash + offset, size);
  return problem;
}

int board_partition_write(const char *name, uint32_t offset, const void *data, uint32_t size) {
  int problem = check(name, offset, size);
  for (uint32_t i = 0; problem == 0 && i < size; i++) flash[offset + i] &= ((const uint8_t *)data)[i];
  return problem;
}

int board_partition_erase(const char *name, uint32_t offset, uint32_t size) {
  int problem = check(name, offset, size);
  if (problem == 0 && (offset % BOARD_SECTOR || size % BOARD_SECTOR)) problem = BOARD_EINVAL;
  if (problem == 0) memset(flash + offset, 0xff, size);
  return problem;
}
