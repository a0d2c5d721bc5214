/* SPDX-License-Identifier: Apache-2.0 */
/* The values that the vendor publishes for a module of its own: header phy_init_data.h of its development framework,
   for a transmit power of at most 20 dBm. */

#include "phy_init.h"

/* In quarters of a dBm: what is allowed, and what the rates from the slowest on can do. */
#define MOST (20 * 4)
#define POWER(limit) (MOST < (limit) ? MOST : (limit))

const uint8_t phy_init_data[PHY_INIT_SIZE] = {
    [0] = 3,
    [1] = 3,
    [2] = 0x05, 0x09, 0x06, 0x05, 0x03, 0x06, 0x05, 0x04, 0x06, 0x04, 0x05,
    [17] = 0x05, 0x09, 0x06, 0x05, 0x03, 0x06, 0x05,
    [32] = 0xFC, 0xFC, 0xFE, 0xF0, 0xF0, 0xF0, 0xE0, 0xE0, 0xE0, 0x18, 0x18, 0x18,
    [44] = POWER(84), POWER(72), POWER(66), POWER(60), POWER(56), POWER(52),
    [50] = 0, 1, 1, 2, 2, 3, 4, 5,
};
