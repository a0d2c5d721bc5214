/* SPDX-License-Identifier: Apache-2.0 */
/* Network interfaces that carry Ethernet frames. What board.h says of errors, ownership and blocking
   holds here too: no call sleeps but board_net_open, and a program without a network has none of this in
   its image.

   A frame is what lies between the preamble and the frame check sequence: destination, source, type,
   payload; the board adds and checks the rest and pads what is too short. Frames are kept in fixed
   buffers of the board: those that arrive when all are full are lost and counted, those to be sent are
   refused with BOARD_EAGAIN. */

#ifndef NET_H
#define NET_H

#include <stddef.h>
#include <stdint.h>

/* The longest frame: header and payload. */
#define BOARD_NET_FRAME (14u + 1500u)

/* Begins to use an interface; opening it again is the same interface. On the chip the name says how the
   PHY is wired: a board of the table in board/esp32/rmii.c, "0" for its first. On the host it is a TAP
   device, or "fd:N", a socket of datagrams or sequenced packets that the process has inherited. Returns
   the interface's number; BOARD_ENOENT when there is none of that name, BOARD_EACCES, BOARD_EIO when the
   hardware does not answer (the chip: no clock for the MAC, or no PHY). Sleeps up to half a second. */
int board_net_open(const char *name);

/* The interface's address. */
void board_net_mac(int net, uint8_t mac[6]);

/* A frame has arrived. */
unsigned board_net_frame_event(int net);

/* A frame may be written again. */
unsigned board_net_room_event(int net);

/* The length in bytes of the frame that comes next, 0 when none is there; BOARD_EIO when none will ever come
   again, because the host has taken the interface away. */
int board_net_size(int net);

/* Takes that frame, which must be there; the buffer has room for its length. */
void board_net_read(int net, void *frame);

/* Sends a frame of at most BOARD_NET_FRAME bytes; returns before it is sent. BOARD_EAGAIN: no buffer is
   free, wait for the room event. BOARD_EINVAL: shorter than its header, or too long. */
int board_net_write(int net, const void *frame, size_t size);

/* Whether there is a partner at the far end. To be called a few times a second while it matters: the
   chip's PHY is asked by this call, and speed and duplex then follow what it has negotiated. */
int board_net_link(int net);

/* Since the interface was opened; they wrap. */
struct board_net_counters {
  uint32_t missed; /* frames that found no buffer; on QEMU's machines at least so many */
  uint32_t damaged; /* frames received with an error: not given out */
  uint32_t failed; /* frames that could not be sent */
};

void board_net_counters(int net, struct board_net_counters *counters);

#endif
