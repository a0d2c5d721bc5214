/* SPDX-License-Identifier: Apache-2.0 */
/* Runs a program that is linked for the chip on QEMU's machine lx60, with memory up to the chip's flash windows: in
   front of the board's own clock, console and end. The chip's registers are memory there, but for the page of the
   Ethernet MAC, behind which is that machine's; its interrupt has another number. */

#include "board.h"
#include "chip.h"
#include "esp32.h"
#include "event.h"

#define INTERRUPT 1

/* ---- Calls of the host ---- */

enum { EXIT = 1, WRITE = 4 };

static void host(int call, int a, const void *b, int c) {
  register int a2 __asm__("a2") = call;
  register int a3 __asm__("a3") = a;
  register const void *a4 __asm__("a4") = b;
  register int a5 __asm__("a5") = c;
  __asm__ volatile(".byte 0x00, 0x51, 0x00" : "+a"(a2), "+a"(a3) : "a"(a4), "a"(a5) : "memory"); /* simcall */
}

void console_start(void) {}

void board_console_write(const void *data, size_t size) { host(WRITE, 1, data, size); }

_Noreturn void board_halt(int status) {
  for (;;) host(EXIT, status, NULL, 0);
}

/* ---- The MAC's page ---- */

#define CHIP_PAGE 0x3FF69000
#define LX60_PAGE 0xFD030000
#define PAGE 12
#define WRITABLE 2
#define EXECUTABLE 1
#define REGION 0x20000000 /* 512 MB, which one entry of the TLB maps first */
#define REGION_WAY 6

/* The region's data is looked up in a table of pages from now on. */
static void map(void) {
  uint32_t *table = (uint32_t *)0x00800000;
  for (uint32_t page = REGION >> PAGE; page < 2 * REGION >> PAGE; page++) {
    table[page] = page << PAGE | WRITABLE | EXECUTABLE;
  }
  table[CHIP_PAGE >> PAGE] = LX60_PAGE | WRITABLE;
  register uint32_t *a2 __asm__("a2") = table;
  __asm__ volatile(
      ".byte 0x20, 83, 0x13\n\t" /* wsr.ptevaddr a2 */
      "rsync\n\t"
      "idtlb %1\n\t"
      "dsync"
      :
      : "a"(a2), "a"(REGION | REGION_WAY)
      : "memory");
}

unsigned __real_event_add(const struct event_source *source);

unsigned __wrap_event_add(const struct event_source *source) {
  static struct event_source sources[BOARD_EVENTS];
  static unsigned count;
  sources[count] = *source;
  sources[count].interrupt = INTERRUPT;
  return __real_event_add(&sources[count++]);
}

/* ---- The clock ---- */

void time_start(void) { map(); }

/* A cycle is 100 ns, and 128 here: no core there has the chip's multiplication to a high word. */
uint64_t board_monotonic_ns(void) { return (uint64_t)cycle_count() << 7; }

bool time_alarm(uint64_t deadline_ns) {
  while (board_monotonic_ns() < deadline_ns) {
  }
  return false;
}

unsigned time_apb_mhz(void) { return 40; }
