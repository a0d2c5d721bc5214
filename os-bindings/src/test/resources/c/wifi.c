/* SPDX-License-Identifier: Apache-2.0 */
/* wifi.h: receives beacons, then none for so long that the list of buffers ends, then again. */

#include "wifi.h"

#include <stdio.h>
#include <string.h>

#include "board.h"

#define SECOND 1000000000ull

static void say_number(const char *name, int number) {
  char line[80];
  snprintf(line, sizeof line, "%s %d\n", name, number);
  board_console_write(line, strlen(line));
}

/* How many beacons come until a time, at most. */
static int beacons(uint64_t end, int most) {
  static uint8_t frame[BOARD_WIFI_FRAME];
  struct board_wifi_received how;
  int count = 0;
  while (count < most && board_wait(end, board_wifi_frame_event())) {
    board_wifi_read(frame, &how);
    if (frame[0] == 0x80) count++;
  }
  return count;
}

int main(void) {
  struct board_wifi_counters counters;
  say_number("start", board_wifi_start());
  board_wifi_channel(6);
  say_number("heard", beacons(board_monotonic_ns() + SECOND, 5));
  board_wait(board_monotonic_ns() + 3 * SECOND, 0); /* deaf meanwhile */
  say_number("kept", beacons(board_monotonic_ns(), 1000));
  say_number("heard", beacons(board_monotonic_ns() + 3 * SECOND, 20));
  board_wifi_counters(&counters);
  say_number("missed", (int)counters.missed);
  say_number("damaged", (int)counters.damaged);
  board_halt(0);
}
