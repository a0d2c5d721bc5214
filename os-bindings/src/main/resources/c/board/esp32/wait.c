/* SPDX-License-Identifier: Apache-2.0 */

#include "board.h"
#include "chip.h"
#include "esp32.h"
#include "event.h"

static const struct event_source *sources[BOARD_EVENTS];
static unsigned count;

unsigned event_add(const struct event_source *source) {
  sources[count] = source;
  return 1u << count++;
}

/* Outside this function interrupts are masked by PS.INTLEVEL 1. waiti 0 unmasks and sleeps in one
   step, so an interrupt between the last look and the sleep is not lost; its handler sets INTENABLE
   to 0 and returns here. */
static void sleep(uint32_t interrupts) {
  __asm__ volatile(
      "wsr %0, intenable\n\t"
      "rsync\n\t"
      "waiti 0\n\t"
      "rsil a3, 1\n\t"
      "movi a3, 0\n\t"
      "wsr a3, intenable\n\t"
      "rsync"
      :
      : "a"(interrupts)
      : "a3", "memory");
}

unsigned board_wait(uint64_t deadline_ns, unsigned wanted) {
  for (;;) {
    uint32_t interrupts = 0;
    unsigned there = 0;
    for (unsigned i = 0; i < count; i++) {
      unsigned event = wanted & 1u << i;
      if (!event) continue;
      interrupts |= 1u << sources[i]->interrupt;
      if (sources[i]->pending()) there |= event;
    }
    if (there) return there;
    if (deadline_ns != UINT64_MAX) {
      if (board_monotonic_ns() >= deadline_ns || !time_alarm(deadline_ns)) return 0;
      interrupts |= 1 << CPU_INT_TIMER;
    }
    sleep(interrupts);
  }
}
