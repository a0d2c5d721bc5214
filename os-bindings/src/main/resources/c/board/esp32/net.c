/* SPDX-License-Identifier: Apache-2.0 */

#include "net.h"

#include "board.h"
#include "net_driver.h"

#define HEADER 14

static const struct net_driver *driver; /* NULL before it is opened */
static struct net_events events;

/* Of the four addresses a chip has been given the last is for Ethernet. */
void board_net_mac(int net, uint8_t mac[6]) {
  (void)net;
  board_mac(mac);
  mac[5] += 3;
}

int board_net_open(const char *name) {
  if (driver == NULL) {
    uint8_t mac[6];
    board_net_mac(0, mac);
    int result = emac.start(name, mac, &events);
    if (result < 0) return result;
    driver = &emac;
  }
  return 0;
}

unsigned board_net_frame_event(int net) {
  (void)net;
  return events.frame;
}

unsigned board_net_room_event(int net) {
  (void)net;
  return events.room;
}

int board_net_size(int net) {
  (void)net;
  return driver->size();
}

void board_net_read(int net, void *frame) {
  (void)net;
  driver->read(frame);
}

int board_net_write(int net, const void *frame, size_t size) {
  (void)net;
  return size < HEADER || size > BOARD_NET_FRAME ? BOARD_EINVAL : driver->write(frame, size);
}

int board_net_link(int net) {
  (void)net;
  return driver->link();
}

void board_net_counters(int net, struct board_net_counters *counters) {
  (void)net;
  driver->counters(counters);
}
