/* SPDX-License-Identifier: Apache-2.0 */
/* For boards without a radio, among them a process: board_wifi_start says so, and nothing else is ever called. */

#include "wifi.h"

#include <string.h>

#include "board.h"

int board_wifi_start(void) { return BOARD_ENOENT; }

bool board_wifi_is_on(void) { return false; }

void board_wifi_mac(uint8_t mac[6]) { board_mac(mac); }

int board_wifi_channel(unsigned channel) {
  (void)channel;
  return BOARD_EINVAL;
}

void board_wifi_filter(enum board_wifi_filter filter, const uint8_t bssid[6]) {
  (void)filter;
  (void)bssid;
}

unsigned board_wifi_frame_event(void) { return 0; }

int board_wifi_size(void) { return 0; }

void board_wifi_read(void *frame, struct board_wifi_received *how) {
  (void)frame;
  memset(how, 0, sizeof *how);
}

unsigned board_wifi_sent_event(void) { return 0; }

int board_wifi_write(const void *frame, size_t size, enum board_wifi_rate rate, int key) {
  (void)frame;
  (void)size;
  (void)rate;
  (void)key;
  return BOARD_EINVAL;
}

int board_wifi_sent(int number) {
  (void)number;
  return 0;
}

int board_wifi_key(int slot, const uint8_t address[6], unsigned key_id, bool group, const uint8_t key[16]) {
  (void)slot;
  (void)address;
  (void)key_id;
  (void)group;
  (void)key;
  return BOARD_EINVAL;
}

void board_wifi_clear_key(int slot) { (void)slot; }

void board_wifi_counters(struct board_wifi_counters *counters) { memset(counters, 0, sizeof *counters); }
