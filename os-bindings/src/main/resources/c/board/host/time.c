/* SPDX-License-Identifier: Apache-2.0 */

#include <time.h>

#include "board.h"
#include "host.h"

static uint64_t start;

static uint64_t clock_ns(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return now.tv_sec * UINT64_C(1000000000) + now.tv_nsec;
}

void time_start(void) { start = clock_ns(CLOCK_MONOTONIC); }

uint64_t board_monotonic_ns(void) { return clock_ns(CLOCK_MONOTONIC) - start; }

int64_t board_wall_ns(void) { return clock_ns(CLOCK_REALTIME); }

uint32_t board_cycle_count(void) { return clock_ns(CLOCK_MONOTONIC); }
