/* SPDX-License-Identifier: Apache-2.0 */

#include "board.h"
#include "chip.h"
#include "wifi.h"

/* The generator wants 16 APB cycles between two reads (TRM 24); at the highest processor clock, 240
   MHz with an APB of 80, those are 48 of ours. */
#define READ_INTERVAL 48

static uint32_t word(void) {
  uint32_t start = cycle_count();
  while (cycle_count() - start < READ_INTERVAL) {
  }
  return reg_read(WDEV_RND_REG);
}

void board_random(void *data, size_t size) {
  uint8_t *bytes = data;
  uint32_t value = 0;
  for (size_t i = 0; i < size; i++) {
    value = i % 4 == 0 ? word() : value >> 8;
    bytes[i] = (uint8_t)value;
  }
}

/* A program that never speaks of the radio is linked without it. */
#pragma weak board_wifi_is_on

bool board_random_has_noise(void) { return board_wifi_is_on != NULL && board_wifi_is_on(); }
