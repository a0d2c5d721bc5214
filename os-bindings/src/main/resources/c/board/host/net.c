/* SPDX-License-Identifier: Apache-2.0 */
/* An interface is a TAP device, or a socket that the process has inherited and that keeps frames apart. */

#include "net.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "board.h"
#include "event.h"

#define INTERFACES (BOARD_EVENTS / 2 - 1)
#define HEADER 14

static struct interface {
  char name[IFNAMSIZ];
  int descriptor;
  unsigned frame_event, room_event;
  int size; /* of the frame that is in the buffer, 0 when there is none */
  uint8_t frame[BOARD_NET_FRAME];
  struct board_net_counters counters;
} interfaces[INTERFACES];
static int count;

static int problem(void) {
  switch (errno) {
    case EPERM:
    case EACCES: return BOARD_EACCES;
    case ENOENT:
    case ENODEV:
    case EBADF: return BOARD_ENOENT;
    default: return BOARD_EIO;
  }
}

static int open_tap(const char *name) {
  struct ifreq request = {.ifr_flags = IFF_TAP | IFF_NO_PI};
  int fd = open("/dev/net/tun", O_RDWR | O_CLOEXEC);
  if (fd < 0) return problem();
  strcpy(request.ifr_name, name);
  if (ioctl(fd, TUNSETIFF, &request) == 0) return fd;
  int result = problem();
  close(fd);
  return result;
}

int board_net_open(const char *name) {
  for (int i = 0; i < count; i++) {
    if (strcmp(interfaces[i].name, name) == 0) return i;
  }
  if (count == INTERFACES || strlen(name) >= IFNAMSIZ) return BOARD_ENOENT;
  int fd, end = 0;
  if (sscanf(name, "fd:%d%n", &fd, &end) != 1 || name[end]) fd = open_tap(name);
  if (fd < 0) return fd;
  int flags = fcntl(fd, F_GETFL);
  if (flags < 0 || fcntl(fd, F_SETFL, flags | O_NONBLOCK) < 0) return problem();
  struct interface *interface = &interfaces[count];
  strcpy(interface->name, name);
  interface->descriptor = fd;
  interface->frame_event = event_add(fd, POLLIN);
  interface->room_event = event_add(fd, POLLOUT);
  return count++;
}

/* Processes on one network have addresses of their own. */
void board_net_mac(int net, uint8_t mac[6]) {
  board_mac(mac);
  mac[3] = net;
  mac[4] = getpid() >> 8;
  mac[5] = getpid();
}

unsigned board_net_frame_event(int net) { return interfaces[net].frame_event; }

unsigned board_net_room_event(int net) { return interfaces[net].room_event; }

int board_net_size(int net) {
  struct interface *interface = &interfaces[net];
  while (interface->size == 0) {
    /* One byte more than fits tells that there is more. */
    uint8_t frame[BOARD_NET_FRAME + 1];
    ssize_t size = read(interface->descriptor, frame, sizeof frame);
    if (size <= 0) return size < 0 && (errno == EAGAIN || errno == EINTR) ? 0 : BOARD_EIO;
    if (size < HEADER || size > (ssize_t)BOARD_NET_FRAME) {
      interface->counters.damaged++;
    } else {
      memcpy(interface->frame, frame, size);
      interface->size = size;
    }
  }
  return interface->size;
}

void board_net_read(int net, void *frame) {
  struct interface *interface = &interfaces[net];
  memcpy(frame, interface->frame, interface->size);
  interface->size = 0;
}

int board_net_write(int net, const void *frame, size_t size) {
  struct interface *interface = &interfaces[net];
  if (size < HEADER || size > BOARD_NET_FRAME) return BOARD_EINVAL;
  while (write(interface->descriptor, frame, size) < 0) {
    if (errno == EAGAIN) return BOARD_EAGAIN;
    if (errno != EINTR) {
      interface->counters.failed++;
      break;
    }
  }
  return 0;
}

int board_net_link(int net) {
  (void)net;
  return 1;
}

void board_net_counters(int net, struct board_net_counters *counters) {
  *counters = interfaces[net].counters;
}
