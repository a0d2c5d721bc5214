/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the compressed table of source locations described in program.h. */

#include "program.h"

#define NAME_SIZE 128
#define NO_PARENT 0xFFFF
#define ENTRIES_PER_INDEX 32

struct state {
  const uint8_t *in;
  uint32_t pc;
  uint32_t file;
  uint32_t definition;
  int32_t line;
  uint32_t start;
  int32_t length;
};

static uint32_t read_unsigned(struct state *s)
{
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

static int32_t read_signed(struct state *s)
{
  uint32_t n = read_unsigned(s);
  return (int32_t)(n >> 1) ^ -(int32_t)(n & 1);
}

static void read_entry(struct state *s)
{
  uint32_t head = read_unsigned(s);
  s->pc += (head >> 2) * 4;
  if (head & 2) s->file = read_unsigned(s);
  s->line += read_signed(s);
  if (head & 1) s->definition = read_unsigned(s);
  s->start = read_unsigned(s);
  s->length = read_signed(s);
}

static const uint8_t *name_entry(uint32_t number)
{
  const uint8_t *entry = mirage_program.names;
  while (number-- > 0) {
    entry += 2;
    while (*entry++ != 0) {
    }
  }
  return entry;
}

/* Writes a name from its end towards its beginning, because parents come first but are found last. */
static const char *name(uint32_t number, char *buffer)
{
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

int program_location(uint32_t pc, struct program_location *location)
{
  static char file[NAME_SIZE], definition[NAME_SIZE];
  const struct program_location_index *index = mirage_program.location_index;
  uint32_t count = mirage_program.locations_count;
  uint32_t low = 0, high = (count + ENTRIES_PER_INDEX - 1) / ENTRIES_PER_INDEX;
  if (count == 0 || pc < index[0].pc) return 0;
  while (low + 1 < high) {
    uint32_t middle = (low + high) / 2;
    if (pc < index[middle].pc) high = middle;
    else low = middle;
  }
  uint32_t entries = count - low * ENTRIES_PER_INDEX;
  if (entries > ENTRIES_PER_INDEX) entries = ENTRIES_PER_INDEX;
  struct state s = {.in = mirage_program.locations + index[low].offset, .pc = index[low].pc};
  while (entries-- > 0) {
    read_entry(&s);
    if (s.pc == pc) {
      location->file = name(s.file, file);
      location->definition = name(s.definition, definition);
      location->line = s.line;
      location->start = (int)s.start;
      location->end = (int)s.start + s.length;
      return 1;
    }
  }
  return 0;
}
