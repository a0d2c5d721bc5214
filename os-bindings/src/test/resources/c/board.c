/* SPDX-License-Identifier: Apache-2.0 */
/* Every call of board.h, told by the boot arguments what to do; answers on the console. */

#include "board.h"

#include <stdio.h>
#include <string.h>

static void say(const char *text) { board_console_write(text, strlen(text)); }

static void say_number(const char *name, int64_t number) {
  char line[80];
  snprintf(line, sizeof line, "%s %ld\n", name, (long)number);
  say(line);
}

static void partitions(void) {
  uint32_t offset, size = 0;
  uint8_t bytes[600], back[604];
  say_number("find", board_partition_find("data", &offset, &size));
  say_number("size", size);
  say_number("find missing", board_partition_find("nothing", &offset, &size));
  say_number("read", board_partition_read("data", size - 3, bytes, 3));
  say_number("beyond", board_partition_read("data", size - 3, bytes, 4));
  say_number("erase", board_partition_erase("data", BOARD_SECTOR, 2 * BOARD_SECTOR));
  say_number("erase unaligned", board_partition_erase("data", 1, BOARD_SECTOR));
  for (unsigned i = 0; i < sizeof bytes; i++) bytes[i] = (uint8_t)(i * 7);
  /* Across pages of 256 bytes and a sector's end, at odd places. */
  say_number("write", board_partition_write("data", 2 * BOARD_SECTOR - 301, bytes, sizeof bytes));
  say_number("read", board_partition_read("data", 2 * BOARD_SECTOR - 303, back, sizeof back));
  say_number("same", memcmp(back + 2, bytes, sizeof bytes) == 0);
  say_number("around", back[0] == 0xFF && back[1] == 0xFF && back[602] == 0xFF && back[603] == 0xFF);
  board_partition_write("data", 2 * BOARD_SECTOR - 301 + 1, "\xF0", 1);
  board_partition_read("data", 2 * BOARD_SECTOR - 301, back, 3);
  say_number("bits only go to 0", back[0] == 0 && back[1] == (7 & 0xF0) && back[2] == 14);
  board_partition_read("data", 0, back, 3);
  say_number("before", memcmp(back, "abc", 3) == 0);
}

static void times(void) {
  uint64_t start = board_monotonic_ns();
  uint32_t cycles = board_cycle_count();
  say_number("events", board_wait(start + 20000000, 0));
  uint64_t slept = board_monotonic_ns() - start;
  say_number("slept", slept >= 20000000 && slept < 500000000);
  say_number("cycles", board_cycle_count() != cycles);
  say_number("past", board_wait(0, 0));
  say_number("wall", board_wall_ns() >= 0);
}

static void console(void) {
  char line[32];
  size_t size = 0;
  say("type\n");
  while (size == 0 || line[size - 1] != '\n') {
    say_number("event", board_wait(UINT64_MAX, board_console_event()));
    int count = board_console_read(line + size, sizeof line - size);
    if (count < 0) break;
    size += (size_t)count;
  }
  say("typed ");
  board_console_write(line, size);
  say_number("none", board_console_read(line, sizeof line) <= 0);
}

static void identity(void) {
  uint8_t mac[6], random[64] = {0};
  char line[32];
  board_mac(mac);
  snprintf(line, sizeof line, "mac %02x:%02x:%02x:%02x:%02x:%02x\n", mac[0], mac[1], mac[2], mac[3],
           mac[4], mac[5]);
  say(line);
  board_random(random, sizeof random);
  int equal = 0;
  for (unsigned i = 1; i < sizeof random; i++) equal += random[i] == random[i - 1];
  say_number("random", equal < 8);
}

/* Not inlined, not a tail call: a frame each. */
__attribute__((noinline)) static int recurse(int depth) {
  volatile char frame[40];
  frame[depth % 40] = 1;
  return recurse(depth + 1) + frame[depth % 40];
}

static void crash(const char *how) {
  if (strcmp(how, "overflow") == 0) recurse(0);
  if (strcmp(how, "load") == 0) *(volatile int *)0x20000000;
  if (strcmp(how, "store") == 0) *(volatile int *)0x3F400000 = 1;
  if (strcmp(how, "jump") == 0) ((void (*)(void))0x30000000)();
  if (strcmp(how, "trap") == 0) __builtin_trap();
  if (strcmp(how, "illegal") == 0) __asm__ volatile(".byte 0, 0, 0");
  volatile int seven = 7, zero = 0;
  if (strcmp(how, "division") == 0) say_number("quotient", seven / zero);
}

int main(void) {
  const char *arguments = board_boot_args();
  say(arguments);
  say("\n");
  if (strncmp(arguments, "crash ", 6) == 0) crash(arguments + 6);
  times();
  identity();
  partitions();
  console();
  board_halt(42);
}
