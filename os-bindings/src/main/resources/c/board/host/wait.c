/* SPDX-License-Identifier: Apache-2.0 */

#define _GNU_SOURCE /* ppoll */
#include <errno.h>
#include <poll.h>
#include <time.h>
#include <unistd.h>

#include "board.h"
#include "host.h"

unsigned board_wait(uint64_t deadline_ns, unsigned wanted) {
  struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
  int count = wanted & BOARD_EVENT_CONSOLE ? 1 : 0;
  for (;;) {
    uint64_t now = board_monotonic_ns(), rest = deadline_ns > now ? deadline_ns - now : 0;
    struct timespec timeout = {.tv_sec = rest / 1000000000, .tv_nsec = rest % 1000000000};
    int ready = ppoll(&input, count, deadline_ns == UINT64_MAX ? NULL : &timeout, NULL);
    if (ready > 0) return BOARD_EVENT_CONSOLE;
    if (ready == 0 && board_monotonic_ns() >= deadline_ns) return 0;
    if (ready < 0 && errno != EINTR) host_fail("waiting");
  }
}
