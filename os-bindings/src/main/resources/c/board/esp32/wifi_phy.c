/* SPDX-License-Identifier: Apache-2.0 */
/* The radio without a library of the vendor's. On a chip it would have to be calibrated, by tens of thousands of
   accesses to registers that nobody has described; an emulated one is ideal and wants to know its channel. */

#include "wifi_mac.h"

/* The low byte of what the vendor's code leaves there for a channel. */
static void channel(unsigned number) { reg_write(ANA_CHANNEL_REG, 10 * (number + 1) + 4); }

static void gain(bool adapts) { (void)adapts; }

static void sent(void) {}

__attribute__((weak)) const struct wifi_phy *wifi_phy_start(void) {
  static const struct wifi_phy ideal = {channel, gain, sent};
  return &ideal;
}
