/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the compressed table of source locations described in locations.h. */

#define CAML_INTERNALS

#include "locations.h"

#include <stdlib.h>

#include "caml/backtrace_prim.h"

#define NAME_SIZE 128
#define NO_PARENT 0xFFFF
#define ENTRIES_PER_INDEX 128

struct state {
  const uint8_t *in;
  uint32_t position;
  int is_raise;
  uint32_t file;
  uint32_t definition;
  int32_t line;
  uint32_t start;
  int32_t length;
};

static uint32_t read_unsigned(struct state *s) {
  uint32_t result = 0;
  int shift = 0;
  uint8_t byte;
  do {
    byte = *s->in++;
    result |= (uint32_t)(byte & 0x7F) << shift;
    shift += 7;
  } while (byte & 0x80);
  return result;
}

static int32_t read_signed(struct state *s) {
  uint32_t n = read_unsigned(s);
  return (int32_t)(n >> 1) ^ -(int32_t)(n & 1);
}

static void read_entry(struct state *s) {
  uint32_t head = read_unsigned(s);
  s->position += head >> 3;
  s->is_raise = head >> 2 & 1;
  if (head & 2) s->file = read_unsigned(s);
  s->line += read_signed(s);
  if (head & 1) s->definition = read_unsigned(s);
  s->start = read_unsigned(s);
  s->length = read_signed(s);
}

static const uint8_t *name_entry(uint32_t number) {
  const uint8_t *entry = mirage_locations.names;
  while (number-- > 0) {
    entry += 2;
    while (*entry++ != 0) {
    }
  }
  return entry;
}

/* Writes a name from its end towards its beginning, because parents come first but are found last. */
static const char *name(uint32_t number, char *buffer) {
  char *p = buffer + NAME_SIZE - 1;
  *p = 0;
  while (number != NO_PARENT) {
    const uint8_t *entry = name_entry(number);
    const char *text = (const char *)entry + 2;
    size_t length = 0;
    while (text[length] != 0) length++;
    if (*p != 0 && p > buffer) *--p = '.';
    while (length > 0 && p > buffer) *--p = text[--length];
    number = entry[0] | entry[1] << 8;
  }
  return p;
}

/* Leaves the entry in s. */
static int find(uint32_t position, int depth, struct state *s) {
  const struct location_index *index = mirage_locations.index;
  uint32_t count = mirage_locations.count;
  uint32_t low = 0, high = (count + ENTRIES_PER_INDEX - 1) / ENTRIES_PER_INDEX;
  /* The last index element before the position: what is found may begin there. */
  while (low + 1 < high) {
    uint32_t middle = (low + high) / 2;
    if (index[middle].position < position) low = middle;
    else high = middle;
  }
  for (uint32_t i = low * ENTRIES_PER_INDEX; i < count; i++) {
    if (i % ENTRIES_PER_INDEX == 0) {
      const struct location_index *start = &index[i / ENTRIES_PER_INDEX];
      *s = (struct state){.in = mirage_locations.entries + start->offset, .position = start->position};
    }
    read_entry(s);
    if (s->position > position) return 0;
    if (s->position == position && depth-- == 0) return 1;
  }
  return 0;
}

int location_exists(uint32_t position, int depth) {
  struct state s;
  return find(position, depth, &s);
}

int location_find(uint32_t position, int depth, struct caml_loc_info *info) {
  static char *definition;
  struct state s;
  info->loc_valid = find(position, depth, &s);
  if (!info->loc_valid) return 0;
  if (definition == NULL) definition = malloc(NAME_SIZE);
  info->loc_is_raise = s.is_raise;
  info->loc_is_inlined = 0;
  info->loc_filename = (char *)name_entry(s.file) + 2;
  info->loc_defname = definition == NULL ? "?" : name(s.definition, definition);
  info->loc_lnum = s.line;
  info->loc_startchr = (int)s.start;
  info->loc_endchr = (int)s.start + s.length;
  return 1;
}
