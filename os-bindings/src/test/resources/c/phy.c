/* SPDX-License-Identifier: Apache-2.0 */
/* A PHY library between calls of ours: what it computes, what it leaves alone. */

#include <stdbool.h>
#include <stdio.h>

#include "board.h"

struct wifi_phy {
  void (*channel)(unsigned channel);
  void (*gain)(bool adapts);
  void (*sent)(void);
};

const struct wifi_phy *wifi_phy_start(void);

/* Where the library of the test says what it was told. */
#define ANA_KEPT (*(volatile uint32_t *)0x3FF4E0C0)
/* A variable of the ROM's, where a program has its heap. */
#define TICKS (*(volatile uint32_t *)0x3FFE01E0)

/* More values than there are registers, before and after a call. */
static unsigned around(const struct wifi_phy *phy, unsigned channel) {
  unsigned a = channel + 1, b = a * 3, c = b ^ a, d = c * 5, e = d + b, f = e ^ c, g = f * 7;
  phy->channel(channel);
  phy->gain(false);
  phy->gain(true);
  phy->sent();
  return a + b + c + d + e + f + g;
}

static unsigned alone(unsigned channel) {
  unsigned a = channel + 1, b = a * 3, c = b ^ a, d = c * 5, e = d + b, f = e ^ c, g = f * 7;
  return a + b + c + d + e + f + g;
}

static void say(const char *name, unsigned number) {
  char line[80];
  board_console_write(line, snprintf(line, sizeof line, "%s %x\n", name, number));
}

int main(void) {
  TICKS = 0x12345678;
  const struct wifi_phy *phy = wifi_phy_start();
  for (unsigned channel = 1; channel <= 14; channel++) {
    if (around(phy, channel) != alone(channel)) say("registers lost at channel", channel);
    if (ANA_KEPT != channel) say("not set: channel", channel);
  }
  say("ticks", TICKS);
  uint64_t end = board_monotonic_ns() + 1000000;
  board_wait(end, 0);
  say("waited", board_monotonic_ns() >= end);
  board_halt(0);
}
