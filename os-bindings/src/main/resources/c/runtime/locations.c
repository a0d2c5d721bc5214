/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the compressed table of source locations described in locations.h. */

#define CAML_INTERNALS

#include "locations.h"

#include <stdbool.h>
#include <stdlib.h>

#include "caml/backtrace_prim.h"

#define NAME_SIZE 128
#define PLACES_PER_INDEX 128
#define NO_CALL UINT32_MAX

static uint32_t read_unsigned(const uint8_t **in) {
  uint32_t result = 0;
  int shift = 0;
  uint8_t byte;
  do {
    byte = *(*in)++;
    result |= (uint32_t)(byte & 0x7F) << shift;
    shift += 7;
  } while (byte & 0x80);
  return result;
}

static int32_t with_sign(uint32_t n) { return (int32_t)(n >> 1) ^ -(int32_t)(n & 1); }

static int32_t read_signed(const uint8_t **in) { return with_sign(read_unsigned(in)); }

struct call {
  bool is_raise;
  uint32_t definition;
  int32_t line;
  uint32_t start;
  int32_t length;
};

static void read_call(const uint8_t **in, struct call *call) {
  uint32_t head = read_unsigned(in);
  call->line += with_sign(head >> 2);
  call->is_raise = head >> 1 & 1;
  if (head & 1) call->definition += read_signed(in);
  call->start = read_unsigned(in);
  call->length = read_signed(in);
}

/* What differs from the position before. */
struct head {
  uint32_t distance, fewer, more;
};

static struct head read_head(const uint8_t **in) {
  uint32_t number = read_unsigned(in), how = number & 3;
  struct head head = {number >> 2, how > 0, how != 1};
  if (how == 3) {
    head.fewer = read_unsigned(in);
    head.more = read_unsigned(in);
  }
  return head;
}

/* The last index element that is not behind the position. */
static uint32_t find_index(uint32_t position) {
  const struct location_index *index = mirage_locations.index;
  uint32_t low = 0, high = (mirage_locations.count + PLACES_PER_INDEX - 1) / PLACES_PER_INDEX;
  while (low + 1 < high) {
    uint32_t middle = (low + high) / 2;
    if (index[middle].position <= position) low = middle;
    else high = middle;
  }
  return low;
}

/* How many calls lead to a position, 0 if it is not there; stores the one of a level, the outermost is 0. */
static uint32_t read(uint32_t position, uint32_t level, struct call *found) {
  if (mirage_locations.count == 0) return 0;
  uint32_t first = find_index(position), left = mirage_locations.count - first * PLACES_PER_INDEX;
  const uint8_t *in = mirage_locations.entries + mirage_locations.index[first].offset;
  uint32_t at = mirage_locations.index[first].position, calls = 0;
  struct call call = {0};
  if (left > PLACES_PER_INDEX) left = PLACES_PER_INDEX;
  for (; left > 0; left--) {
    struct head head = read_head(&in);
    at += head.distance;
    if (at > position) break;
    calls -= head.fewer;
    for (; head.more > 0; head.more--) {
      read_call(&in, &call);
      if (calls++ == level) *found = call;
    }
    if (at == position) return calls;
  }
  return 0;
}

static const char *behind(const char *text) {
  while (*text++ != 0) {
  }
  return text;
}

/* The number's own name, and its file's or NULL; returns how many lie back to the parent, 0 if it has none. */
static uint32_t read_name(uint32_t number, const char **name, const char **file) {
  const uint8_t *in = mirage_locations.names;
  for (;;) {
    uint32_t back = read_unsigned(&in);
    *file = back == 0 ? (const char *)in : NULL;
    *name = back == 0 ? behind(*file) : (const char *)in;
    if (number-- == 0) return back;
    in = (const uint8_t *)behind(*name);
  }
}

/* Writes a name from its end towards its beginning, because parents come first but are found last. */
static const char *full_name(uint32_t number, char *buffer) {
  char *p = buffer + NAME_SIZE - 1;
  uint32_t back;
  *p = 0;
  do {
    const char *text, *file;
    back = read_name(number, &text, &file);
    size_t length = behind(text) - text - 1;
    if (*p != 0 && p > buffer) *--p = '.';
    if (length == 0) {
      text = "(fun)";
      length = 5;
    }
    while (length > 0 && p > buffer) *--p = text[--length];
    number -= back;
  } while (back != 0);
  return p;
}

static const char *file_of(uint32_t number) {
  const char *text, *file;
  uint32_t back;
  do {
    back = read_name(number, &text, &file);
    number -= back;
  } while (back != 0);
  return file;
}

int location_exists(uint32_t position, int depth) {
  struct call unused;
  return (uint32_t)depth < read(position, NO_CALL, &unused);
}

int location_find(uint32_t position, int depth, struct caml_loc_info *info) {
  static char *buffer;
  struct call call;
  uint32_t calls = read(position, NO_CALL, &call);
  info->loc_valid = (uint32_t)depth < calls;
  if (!info->loc_valid) return 0;
  read(position, calls - 1 - depth, &call);
  if (buffer == NULL) buffer = malloc(NAME_SIZE);
  info->loc_is_raise = call.is_raise;
  info->loc_is_inlined = 0;
  info->loc_filename = (char *)file_of(call.definition);
  info->loc_defname = buffer == NULL ? "?" : (char *)full_name(call.definition, buffer);
  info->loc_lnum = call.line;
  info->loc_startchr = (int)call.start;
  info->loc_endchr = (int)call.start + call.length;
  return 1;
}
