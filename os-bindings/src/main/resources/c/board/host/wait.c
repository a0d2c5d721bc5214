/* SPDX-License-Identifier: Apache-2.0 */

#define _GNU_SOURCE /* ppoll */
#include <errno.h>
#include <poll.h>
#include <time.h>

#include "board.h"
#include "event.h"
#include "host.h"

static struct pollfd sources[BOARD_EVENTS];
static unsigned count;

unsigned event_add(int descriptor, short flags) {
  sources[count] = (struct pollfd){.fd = descriptor, .events = flags};
  return 1u << count++;
}

/* poll passes over negative descriptors. */
static int select_wanted(struct pollfd *chosen, unsigned wanted) {
  for (unsigned i = 0; i < count; i++) {
    chosen[i] = sources[i];
    if (!(wanted >> i & 1)) chosen[i].fd = -1;
  }
  return count;
}

unsigned board_wait(uint64_t deadline_ns, unsigned wanted) {
  for (;;) {
    struct pollfd chosen[BOARD_EVENTS];
    int size = select_wanted(chosen, wanted);
    uint64_t now = board_monotonic_ns(), rest = deadline_ns > now ? deadline_ns - now : 0;
    struct timespec timeout = {.tv_sec = rest / 1000000000, .tv_nsec = rest % 1000000000};
    int ready = ppoll(chosen, size, deadline_ns == UINT64_MAX ? NULL : &timeout, NULL);
    if (ready < 0 && errno != EINTR) host_fail("waiting");
    unsigned there = 0;
    for (int i = 0; ready > 0 && i < size; i++) there |= chosen[i].revents ? 1u << i : 0;
    if (there) return there;
    if (ready == 0 && board_monotonic_ns() >= deadline_ns) return 0;
  }
}
