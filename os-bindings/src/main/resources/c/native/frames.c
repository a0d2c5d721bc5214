/* SPDX-License-Identifier: Apache-2.0 */
/* The table of frames, which the compiler writes (FrameTable.java). */

#include "frames.h"

#include <stddef.h>

#include "caml/misc.h"

/* Up to 64 KB of code. */
struct group {
  uint32_t first; /* return address; the groups are in order of it */
  uint32_t count;
  const uint32_t *kinds;
  const uint16_t *offsets; /* of each return address, from the first */
  const uint8_t *numbers;  /* of each one's kind */
};
extern const struct group caml_native_frames[], caml_native_frames_end[];
extern const uint32_t caml_native_large_frames[];
extern const char caml_native_code_begin[], caml_native_code_end[];

enum { SLOT_BITS = 17, REGISTER_BITS = 10, LARGE = 31 };

static struct native_frame frame_of_kind(uint32_t kind) {
  struct native_frame frame;
  uint32_t units = kind >> (SLOT_BITS + REGISTER_BITS);
  if (units != LARGE) {
    frame.words = 4 * units;
    frame.registers = kind >> SLOT_BITS & ((1u << REGISTER_BITS) - 1);
    frame.bits = kind & ((1u << SLOT_BITS) - 1);
    frame.more = NULL;
  } else {
    const uint32_t *large = caml_native_large_frames + (kind & ~((uint32_t)LARGE << 27));
    frame.words = large[0];
    frame.registers = large[1];
    frame.bits = large[2];
    frame.more = large + 2;
  }
  return frame;
}

/* The address's group, and its index there. */
static const struct group *find(uint32_t address, uint32_t *index) {
  const struct group *from = caml_native_frames, *group = caml_native_frames_end - 1;
  while (from < group) { /* the last that does not begin behind the address */
    const struct group *middle = from + (group - from + 1) / 2;
    if (middle->first <= address) {
      from = middle;
    } else {
      group = middle - 1;
    }
  }
  const uint16_t *low = group->offsets, *high = low + group->count;
  uint32_t offset = address - group->first;
  while (low < high) {
    const uint16_t *middle = low + (high - low) / 2;
    if (*middle < offset) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  if (low == group->offsets + group->count || *low != offset) {
    caml_fatal_error("no frame for return address %x", (unsigned)address);
  }
  *index = low - group->offsets;
  return group;
}

/* A recursion has the same return address in many frames. */
struct native_frame native_frame_find(uint32_t address) {
  static uint32_t before, kind;
  if (address != before) {
    uint32_t index;
    const struct group *group = find(address, &index);
    kind = group->kinds[group->numbers[index]];
    before = address;
  }
  return frame_of_kind(kind);
}

uint32_t native_frame_number(uint32_t address) {
  uint32_t index;
  const struct group *group = find(address, &index);
  for (const struct group *before = caml_native_frames; before < group; before++) index += before->count;
  return index;
}

int caml_native_is_code(uint32_t pc) {
  return pc >= (uint32_t)caml_native_code_begin && pc < (uint32_t)caml_native_code_end;
}
