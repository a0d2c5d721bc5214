/* SPDX-License-Identifier: Apache-2.0 */
/* The functions on memory that a program is linked with, at all alignments and small sizes. Built for the chip and for
   the host; both must print the same. */

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SIZE 160
#define HELD 8

static uint8_t area[SIZE], other[SIZE];

static uint32_t hash;

static void mix(uint32_t value) { hash = (hash ^ value) * 16777619u; }

static void mix_area(void) {
  for (int i = 0; i < SIZE; i++) mix(area[i]);
}

static void fill(void) {
  for (int i = 0; i < SIZE; i++) {
    area[i] = (uint8_t)(i * 37 + 11);
    other[i] = (uint8_t)(i * 91 + 5);
  }
}

static void show(const char *name, int from) {
  printf("%s %d: %08lx\n", name, from, (unsigned long)hash);
  hash = 2166136261u;
}

/* More in all than the chip has, so what is not given back is missed; each block keeps its content while it is held. */
static void aligned(size_t alignment) {
  unsigned char *held[HELD] = {NULL};
  int wrong = 0;
  for (int turn = 0; turn < 400; turn++) {
    int i = turn * 5 % HELD;
    size_t size = turn * 37 % 900 + 1;
    void *block = NULL;
    if (held[i] != NULL && *held[i] != (unsigned char)i) wrong++;
    free(held[i]);
    if (posix_memalign(&block, alignment, size) != 0 || (uintptr_t)block % alignment != 0) wrong++;
    held[i] = block;
    if (block != NULL) memset(block, i, size);
  }
  for (int i = 0; i < HELD; i++) free(held[i]);
  printf("aligned to %d: %d wrong\n", (int)alignment, wrong);
}

int main(void) {
  hash = 2166136261u;
  for (int to = 0; to < 12; to++) {
    for (int from = 0; from < 12; from++) {
      for (int size = 0; size < 70; size++) {
        fill();
        mix(memcpy(area + 8 + to, other + 8 + from, size) == area + 8 + to);
        mix_area();
      }
    }
    show("memcpy", to);
  }
  for (int to = 0; to < 20; to++) {
    for (int from = 0; from < 20; from++) {
      for (int size = 0; size < 60; size++) {
        fill();
        mix(memmove(area + 16 + to, area + 16 + from, size) == area + 16 + to);
        mix_area();
      }
    }
    show("memmove", to);
  }
  for (int to = 0; to < 8; to++) {
    for (int size = 0; size < 70; size++) {
      fill();
      mix(memset(area + 8 + to, 0x1A5 + size, size) == area + 8 + to);
      mix_area();
    }
    show("memset", to);
  }
  for (int to = 0; to < 8; to++) {
    for (int from = 0; from < 8; from++) {
      for (int size = 0; size < 40; size++) {
        fill();
        memcpy(other + from, area + to, size);
        if (size > 0) other[from + size / 2] += (size % 3) * 100;
        int order = memcmp(area + to, other + from, size);
        mix((order > 0) - (order < 0) + 1);
      }
    }
    show("memcmp", to);
  }
  for (size_t alignment = 8; alignment <= 4096; alignment *= 2) aligned(alignment);
  void *none = NULL;
  printf("aligned to 24: %d\n", posix_memalign(&none, 24, 1) != 0);
  return 0;
}
