/* SPDX-License-Identifier: Apache-2.0 */
/* The C heap, in place of picolibc's, which never gives memory back: the collector's chunks, its
   tables, big arrays, whatever C stubs ask for. Blocks are 8-byte aligned behind a header of one word;
   free ones are listed by address, so that neighbours join, and the last one is given back. Nothing of C's
   can be moved: the first part is kept for small blocks, which would otherwise lie between what is large. */

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "ram.h"

struct block {
  size_t size;        /* with this header; a multiple of 8 */
  struct block *next; /* only while free; else the user's data begins here */
};

#define HEADER sizeof(size_t)
#define ALIGNMENT 8
#define SMALLEST 16

/* The part for blocks that are not long: what the runtime has at its start takes 10 KB of it. */
#define PART (16 * 1024)
#define LONG 4096

static struct block *free_blocks;
static char *heap_end;

static struct block *block_of(void *data) { return (struct block *)((char *)data - HEADER); }
static void *data_of(struct block *block) { return (char *)block + HEADER; }
static char *end_of(struct block *block) { return (char *)block + block->size; }

static char *heap_begin(void) {
  /* Such that behind a header the address is aligned. */
  return (char *)(((uintptr_t)__heap_start + HEADER + ALIGNMENT - 1) & ~(uintptr_t)(ALIGNMENT - 1)) -
         HEADER;
}

/* Where long blocks begin; a block in use in front of it keeps what is free on both sides apart. */
static char *long_begin(void) { return heap_begin() + PART + SMALLEST; }

static void begin(void) {
  struct block *border = (struct block *)(heap_begin() + PART);
  free_blocks = (struct block *)heap_begin();
  free_blocks->size = PART;
  free_blocks->next = NULL;
  border->size = SMALLEST;
  heap_end = end_of(border);
}

char *ram_heap_end(void) { return heap_end == NULL ? long_begin() : heap_end; }

/* The size of a block for so many bytes; 0 if there is none so large. */
static size_t block_size(size_t bytes) {
  if (bytes > PTRDIFF_MAX - 2 * ALIGNMENT) return 0;
  size_t size = (bytes + HEADER + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
  return size < SMALLEST ? SMALLEST : size;
}

/* Takes what is needed off a listed block; the rest stays listed in its place. */
static void *take(struct block **link, size_t size) {
  struct block *block = *link;
  if (block->size - size >= SMALLEST) {
    struct block *rest = (struct block *)((char *)block + size);
    rest->size = block->size - size;
    rest->next = block->next;
    block->size = size;
    *link = rest;
  } else {
    *link = block->next;
  }
  return data_of(block);
}

/* A new block at the end of the heap; a free block there becomes its beginning. */
static void *extend(struct block **last, size_t size) {
  struct block *block = (struct block *)heap_end;
  if (*last != NULL && end_of(*last) == (char *)block) {
    block = *last;
  } else {
    last = NULL;
  }
  if (size > (size_t)(ram_stack_end() - (char *)block)) return NULL;
  if (last != NULL) *last = NULL;
  block->size = size;
  heap_end = end_of(block);
  return data_of(block);
}

static void *allocate(size_t bytes) {
  size_t size = block_size(bytes);
  struct block **link = &free_blocks, **last = &free_blocks;
  void *data = NULL;
  if (heap_end == NULL) begin();
  if (size != 0) {
    if (size >= LONG) {
      while (*link != NULL && (char *)*link < long_begin()) link = &(*link)->next;
    }
    /* The first that fits: low addresses fill up, high ones can be given back. */
    for (; *link != NULL && (*link)->size < size; link = &(*link)->next) last = link;
    data = *link != NULL ? take(link, size) : extend(last, size);
  }
  if (data == NULL) errno = ENOMEM;
  return data;
}

void *malloc(size_t bytes) __attribute__((alias("allocate")));

size_t ram_between(void) {
  size_t most = 0;
  for (struct block *block = free_blocks; block != NULL; block = block->next) {
    if (block->size > most && (char *)block >= long_begin()) most = block->size;
  }
  return most;
}

size_t ram_beyond(void) { return ram_stack_end() - ram_heap_end(); }

/* Joins a listed block with the next one if they touch. */
static void join(struct block *block) {
  struct block *next = block->next;
  if (next == NULL || end_of(block) != (char *)next) return;
  block->size += next->size;
  block->next = next->next;
}

static void give_back(struct block *block) {
  struct block **link = &free_blocks, **before = NULL;
  for (; *link != NULL && *link < block; link = &(*link)->next) before = link;
  block->next = *link;
  *link = block;
  join(block);
  if (before != NULL && end_of(*before) == (char *)block) {
    join(*before);
    link = before;
  }
  if (end_of(*link) == heap_end) {
    heap_end = (char *)*link;
    *link = NULL;
  }
}

void free(void *data) {
  if (data != NULL) give_back(block_of(data));
}

/* Gives back a block's end. */
static void cut(struct block *block, size_t size) {
  if (block->size - size < SMALLEST) return;
  struct block *rest = (struct block *)((char *)block + size);
  rest->size = block->size - size;
  block->size = size;
  give_back(rest);
}

void ram_cut(void *data, char *end) {
  cut(block_of(data), block_size(end - (char *)data));
}

bool ram_join(void *data, void *next) {
  struct block *block = block_of(data), *last = block_of(next), **link = &free_blocks;
  char *end = end_of(block);
  while (*link != NULL && *link < block) link = &(*link)->next;
  bool gap = (char *)*link == end;
  if ((gap ? end_of(*link) : end) != (char *)last) return false;
  if (gap) *link = (*link)->next;
  block->size = end_of(last) - (char *)block;
  return true;
}

void *realloc(void *data, size_t bytes) {
  if (data == NULL) return malloc(bytes);
  size_t old = block_of(data)->size - HEADER;
  if (bytes <= old) {
    cut(block_of(data), block_size(bytes));
    return data;
  }
  void *moved = malloc(bytes);
  if (moved == NULL) return NULL;
  memcpy(moved, data, old);
  free(data);
  return moved;
}

void *calloc(size_t count, size_t size) {
  size_t bytes;
  if (__builtin_mul_overflow(count, size, &bytes)) {
    errno = ENOMEM;
    return NULL;
  }
  void *data = malloc(bytes);
  if (data != NULL) memset(data, 0, bytes);
  return data;
}

/* What lies in front of the aligned address is given back, as a block of its own: not by malloc and free, of which the compiler
   knows that nothing is stored in front of the data. */
void *memalign(size_t alignment, size_t bytes) {
  if (alignment <= ALIGNMENT) return malloc(bytes);
  if (bytes > PTRDIFF_MAX - SMALLEST - alignment) {
    errno = ENOMEM;
    return NULL;
  }
  void *data = allocate(bytes + SMALLEST + alignment);
  if (data == NULL || (uintptr_t)data % alignment == 0) return data;
  uintptr_t place = ((uintptr_t)data + SMALLEST + alignment - 1) & ~(uintptr_t)(alignment - 1);
  struct block *front = block_of(data), *block = block_of((void *)place);
  block->size = end_of(front) - (char *)block;
  front->size = (char *)block - (char *)front;
  give_back(front);
  cut(block, block_size(bytes));
  return (void *)place;
}

void *aligned_alloc(size_t alignment, size_t bytes) { return memalign(alignment, bytes); }

int posix_memalign(void **result, size_t alignment, size_t bytes) {
  if (alignment < sizeof(void *) || (alignment & (alignment - 1)) != 0) return EINVAL;
  void *data = memalign(alignment, bytes);
  if (data == NULL) return ENOMEM;
  *result = data;
  return 0;
}
