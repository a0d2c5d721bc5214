/* SPDX-License-Identifier: Apache-2.0 */

#include "board.h"
#include "chip.h"

/* eFuse block 0 holds the address from its last byte upwards (TRM 20.3.1.2). */
void board_mac(uint8_t mac[6]) {
  uint32_t low = reg_read(EFUSE_BLK0_RDATA1_REG), high = reg_read(EFUSE_BLK0_RDATA2_REG);
  mac[0] = (uint8_t)(high >> 8);
  mac[1] = (uint8_t)high;
  for (int i = 0; i < 4; i++) mac[2 + i] = (uint8_t)(low >> (24 - 8 * i));
}
