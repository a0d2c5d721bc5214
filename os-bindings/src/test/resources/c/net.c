/* SPDX-License-Identifier: Apache-2.0 */
/* net.h: sends frames back to where they come from, until one says what comes next. The first byte of a frame's
   payload says what: 'e' echo, 'b' a burst of frames that waits for room, 'q' the end. */

#include "net.h"

#include <stdio.h>
#include <string.h>

#include "board.h"

#define HEADER 14
#define BURST 40

static int net;

static void say(const char *text) { board_console_write(text, strlen(text)); }

static void say_number(const char *name, int number) {
  char line[80];
  snprintf(line, sizeof line, "%s %d\n", name, number);
  say(line);
}

static void send(const uint8_t *frame, int size, int *waits) {
  while (board_net_write(net, frame, size) == BOARD_EAGAIN) {
    ++*waits;
    board_wait(UINT64_MAX, board_net_room_event(net));
  }
}

static void turn_around(uint8_t *frame) {
  memcpy(frame, frame + 6, 6);
  board_net_mac(net, frame + 6);
}

static void burst(uint8_t *frame) {
  int waits = 0;
  for (int i = 0; i < BURST; i++) {
    frame[HEADER + 1] = i;
    send(frame, BOARD_NET_FRAME - i, &waits);
  }
  say_number("waited", waits > 0);
}

static void serve(void) {
  static uint8_t frame[BOARD_NET_FRAME];
  int ignored;
  for (;;) {
    int size = board_net_size(net);
    if (size == 0) {
      board_wait(UINT64_MAX, board_net_frame_event(net));
      continue;
    }
    board_net_read(net, frame);
    turn_around(frame);
    if (frame[HEADER] == 'q') return;
    if (frame[HEADER] == 'b') burst(frame);
    if (frame[HEADER] == 's') board_wait(board_monotonic_ns() + 50000000, 0); /* deaf meanwhile */
    if (frame[HEADER] == 'e') send(frame, size, &ignored);
  }
}

int main(void) {
  uint8_t mac[6];
  struct board_net_counters counters;
  say_number("nowhere", board_net_open("nowhere"));
  net = board_net_open("0");
  say_number("open", net);
  say_number("again", board_net_open("0") == net);
  board_net_mac(net, mac);
  say_number("mac", mac[5]);
  say_number("short", board_net_write(net, mac, 6));
  while (!board_net_link(net)) board_wait(board_monotonic_ns() + 10000000, 0);
  say("link\n");
  serve();
  board_net_counters(net, &counters);
  say_number("missed", (int)counters.missed);
  say_number("damaged", (int)counters.damaged);
  say_number("failed", (int)counters.failed);
  board_halt(0);
}
