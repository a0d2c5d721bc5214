/* SPDX-License-Identifier: Apache-2.0 */
/* Interface "loop": a frame that is sent comes back a millisecond later; four may be under way. Its link comes up
   after 100 ms. Interface "silent" has no link; "locked" nobody may open. */

#include <string.h>

#include "board.h"
#include "net.h"
#include "test_board.h"

#define MS 1000000u
#define UNDER_WAY 4
#define SILENT 1

static struct {
  uint64_t arrival;
  int size;
  uint8_t frame[BOARD_NET_FRAME];
} queue[UNDER_WAY];

static int count;
static unsigned frame_event, room_event;

static uint64_t when_frame(void) { return count > 0 ? queue[0].arrival : UINT64_MAX; }

static uint64_t when_room(void) { return count < UNDER_WAY ? 0 : UINT64_MAX; }

int board_net_open(const char *name) {
  if (strcmp(name, "locked") == 0) return BOARD_EACCES;
  if (strcmp(name, "silent") == 0) return SILENT;
  if (strcmp(name, "loop") != 0) return BOARD_ENOENT;
  if (!frame_event) {
    frame_event = event_add(when_frame);
    room_event = event_add(when_room);
  }
  return 0;
}

void board_net_mac(int net, uint8_t mac[6]) {
  board_mac(mac);
  mac[4] = net;
}

unsigned board_net_frame_event(int net) { return net == 0 ? frame_event : 0; }

unsigned board_net_room_event(int net) { return net == 0 ? room_event : 0; }

int board_net_size(int net) {
  return net == 0 && count > 0 && queue[0].arrival <= board_monotonic_ns() ? queue[0].size : 0;
}

void board_net_read(int net, void *frame) {
  (void)net;
  memcpy(frame, queue[0].frame, queue[0].size);
  memmove(queue, queue + 1, --count * sizeof *queue);
}

int board_net_write(int net, const void *frame, size_t size) {
  if (size < 14 || size > BOARD_NET_FRAME) return BOARD_EINVAL;
  if (net != 0) return 0;
  if (count == UNDER_WAY) return BOARD_EAGAIN;
  queue[count].arrival = board_monotonic_ns() + MS;
  queue[count].size = (int)size;
  memcpy(queue[count++].frame, frame, size);
  return 0;
}

int board_net_link(int net) { return net == 0 && board_monotonic_ns() >= 100 * MS; }

void board_net_counters(int net, struct board_net_counters *counters) {
  (void)net;
  memset(counters, 0, sizeof *counters);
}
