/* SPDX-License-Identifier: Apache-2.0 */

#include "net.h"

#include "board.h"
#include "chip.h"
#include "emac.h"
#include "net_driver.h"

#define HEADER 14

static const struct net_driver *driver; /* NULL before it is opened */
static struct net_events events;

uint8_t net_buffers[NET_BUFFERS] __attribute__((aligned(4)));

/* Of the four addresses a chip has been given the last is for Ethernet. */
void board_net_mac(int net, uint8_t mac[6]) {
  (void)net;
  board_mac(mac);
  mac[5] += 3;
}

/* What is at the address of the MAC shows after a reset. */
static const struct net_driver *find(void) {
  reg_write(DPORT_WIFI_CLK_EN_REG, reg_read(DPORT_WIFI_CLK_EN_REG) | DPORT_WIFI_CLK_EMAC_EN);
  reg_write(DPORT_CORE_RST_EN_REG, reg_read(DPORT_CORE_RST_EN_REG) | DPORT_EMAC_RST);
  reg_write(DPORT_CORE_RST_EN_REG, reg_read(DPORT_CORE_RST_EN_REG) & ~DPORT_EMAC_RST);
  return open_eth_present() ? &open_eth : &emac;
}

int board_net_open(const char *name) {
  if (driver == NULL) {
    const struct net_driver *found = find();
    uint8_t mac[6];
    board_net_mac(0, mac);
    int result = found->start(name, mac, &events);
    if (result < 0) return result;
    reg_write(DPORT_PRO_EMAC_INT_MAP_REG, CPU_INT_EMAC);
    driver = found;
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
