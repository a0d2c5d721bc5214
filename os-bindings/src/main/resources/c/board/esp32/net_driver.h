/* SPDX-License-Identifier: Apache-2.0 */
/* A network interface of the chip, as net.c gives it out. The functions are those of net.h for the one
   interface that the driver is for. */

#ifndef NET_DRIVER_H
#define NET_DRIVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "net.h"

struct net_events {
  unsigned frame, room;
};

struct net_driver {
  /* Called once; 0 or a BOARD_E code, and then it may be called again. */
  int (*start)(const char *name, const uint8_t mac[6], struct net_events *events);
  int (*size)(void);
  void (*read)(void *frame);
  int (*write)(const void *frame, size_t size); /* of a size that is allowed */
  int (*link)(void);
  void (*counters)(struct board_net_counters *counters);
};

/* The chip's own Ethernet MAC. */
extern const struct net_driver emac;

/* OpenCores' MAC, which QEMU has in its place, and whether it is there. */
extern const struct net_driver open_eth;
bool open_eth_present(void);

/* Room for the frames of the driver that has been started, to be divided as its MAC wants it. */
#define NET_BUFFERS 26624
extern uint8_t net_buffers[NET_BUFFERS];

#endif
