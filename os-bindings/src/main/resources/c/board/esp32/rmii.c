/* SPDX-License-Identifier: Apache-2.0 */
/* The wires between MAC and PHY (TRM 4.10, 10): six that are fixed, two for the management, the clock of
   50 MHz that both run by, and what a board has beside them. */

#include <string.h>

#include "board.h"
#include "chip.h"
#include "emac.h"
#include "esp32.h"

#define IO_MUX 0x3FF49000
#define IO_MUX_FUNCTION_SHIFT 12
#define IO_MUX_DRIVE_SHIFT 10
#define IO_MUX_INPUT (1 << 9)
#define FUNCTION_GPIO 2
#define FUNCTION_EMAC 5

#define GPIO_OUT_W1TS_REG 0x3FF44008
#define GPIO_OUT_W1TC_REG 0x3FF4400C
#define GPIO_ENABLE_W1TS_REG 0x3FF44024
#define GPIO_FUNC_IN_SEL_CFG_REG(signal) (0x3FF44130 + 4 * (signal))
#define GPIO_FUNC_IN_BY_MATRIX (1 << 7)
#define GPIO_FUNC_OUT_SEL_CFG_REG(pin) (0x3FF44530 + 4 * (pin))
#define SIGNAL_GPIO 256
#define SIGNAL_MDC 200
#define SIGNAL_MDIO 201

#define MDC 23
#define MDIO 18
#define NOT_WIRED 0xFF

#define PHY_RESET_NS 200000 /* a LAN8720 wants 100 us */

/* Where the clock comes from. */
enum clock { CLOCK_IN_GPIO0, CLOCK_OUT_GPIO16, CLOCK_OUT_GPIO17 };

struct emac_board {
  const char *name;
  uint8_t clock;
  uint8_t power; /* a pin that is high while the PHY, or its oscillator, is on */
  uint8_t reset; /* a pin that is low while the PHY is reset */
};

static const struct emac_board boards[] = {
    {"wt32-eth01", CLOCK_IN_GPIO0, 16, NOT_WIRED},
    {"esp32-ethernet-kit", CLOCK_IN_GPIO0, NOT_WIRED, 5},
    {"olimex-esp32-poe", CLOCK_OUT_GPIO17, 12, NOT_WIRED},
    {"olimex-esp32-gateway", CLOCK_OUT_GPIO17, NOT_WIRED, 5},
};

const struct emac_board *emac_board(const char *name) {
  if (strcmp(name, "0") == 0) return boards;
  for (unsigned i = 0; i < sizeof boards / sizeof *boards; i++) {
    if (strcmp(boards[i].name, name) == 0) return &boards[i];
  }
  return NULL;
}

/* ---- Pins ---- */

/* Offsets of the pads in IO_MUX, for the pins that are used here. */
static uint32_t pad(unsigned pin) {
  static const uint8_t offsets[28] = {
      [0] = 0x44,  [5] = 0x6C,  [12] = 0x34, [16] = 0x4C, [17] = 0x50, [18] = 0x70, [19] = 0x74,
      [21] = 0x7C, [22] = 0x80, [23] = 0x8C, [25] = 0x24, [26] = 0x28, [27] = 0x2C,
  };
  return IO_MUX + offsets[pin];
}

static void select_function(unsigned pin, unsigned function) {
  reg_write(pad(pin), function << IO_MUX_FUNCTION_SHIFT | 2 << IO_MUX_DRIVE_SHIFT | IO_MUX_INPUT);
}

static void drive(unsigned pin, bool high) {
  reg_write(high ? GPIO_OUT_W1TS_REG : GPIO_OUT_W1TC_REG, 1u << pin);
  reg_write(GPIO_FUNC_OUT_SEL_CFG_REG(pin), SIGNAL_GPIO);
  reg_write(GPIO_ENABLE_W1TS_REG, 1u << pin);
  select_function(pin, FUNCTION_GPIO);
}

static void route(unsigned pin, unsigned signal) {
  reg_write(GPIO_FUNC_OUT_SEL_CFG_REG(pin), signal);
  reg_write(GPIO_ENABLE_W1TS_REG, 1u << pin);
  select_function(pin, FUNCTION_GPIO);
}

static void pins(void) {
  static const uint8_t fixed[] = {19, 22, 21, 25, 26, 27};
  for (unsigned i = 0; i < sizeof fixed; i++) select_function(fixed[i], FUNCTION_EMAC);
  route(MDC, SIGNAL_MDC);
  route(MDIO, SIGNAL_MDIO);
  reg_write(GPIO_FUNC_IN_SEL_CFG_REG(SIGNAL_MDIO), GPIO_FUNC_IN_BY_MATRIX | MDIO);
}

/* ---- Clock ---- */

#define RTC_CNTL_ANA_CONF_REG 0x3FF48030
#define RTC_CNTL_PLLA_FORCE_PD (1 << 23)
#define RTC_CNTL_PLLA_FORCE_PU (1 << 24)
#define ANA_CONFIG_REG 0x3FF4E044
#define ANA_CONFIG_APLL_OFF (1 << 14)
#define ANA_APLL_HOST_REG 0x3FF4E00C
#define ANA_WRITE (1 << 24)
#define ANA_BUSY (1 << 25)
#define APLL_BLOCK 0x6D

static uint32_t apll_transfer(uint32_t command) {
  reg_write(ANA_APLL_HOST_REG, APLL_BLOCK | command);
  while (reg_read(ANA_APLL_HOST_REG) & ANA_BUSY) {
  }
  return reg_read(ANA_APLL_HOST_REG) >> 16 & 0xFF;
}

static void apll_write(unsigned number, unsigned value) {
  apll_transfer(number << 8 | value << 16 | ANA_WRITE);
}

/* 40 MHz * (4 + 6) / (2 * (2 + 2)) = 50 MHz. */
static void apll_start(void) {
  static const uint8_t steps[][2] = {{7, 6}, {8, 0},    {9, 0},    {5, 0x09}, {5, 0x49},
                                     {4, 2}, {0, 0x0F}, {0, 0x3F}, {0, 0x1F}};
  uint32_t conf = reg_read(RTC_CNTL_ANA_CONF_REG) & ~RTC_CNTL_PLLA_FORCE_PD;
  reg_write(RTC_CNTL_ANA_CONF_REG, conf | RTC_CNTL_PLLA_FORCE_PU);
  reg_write(ANA_CONFIG_REG, reg_read(ANA_CONFIG_REG) & ~ANA_CONFIG_APLL_OFF);
  for (unsigned i = 0; i < sizeof steps / sizeof *steps; i++) apll_write(steps[i][0], steps[i][1]);
  uint64_t end = board_monotonic_ns() + 10000000;
  while (!(apll_transfer(3 << 8) & 0x80) && board_monotonic_ns() < end) {
  }
}

static void clock_start(enum clock clock) {
  uint32_t enabled = EMAC_EX_MII_CLK_TX_EN | EMAC_EX_MII_CLK_RX_EN;
  reg_write(EMAC_EX_PHYINF_CONF_REG, EMAC_EX_PHY_INTF_RMII << EMAC_EX_PHY_INTF_SEL_SHIFT);
  if (clock == CLOCK_IN_GPIO0) {
    select_function(0, FUNCTION_EMAC);
    reg_write(EMAC_EX_OSCCLK_CONF_REG, EMAC_EX_OSC_CLK_SEL);
    reg_write(EMAC_EX_CLK_CTRL_REG, enabled | EMAC_EX_EXT_OSC_EN);
  } else {
    apll_start();
    select_function(clock == CLOCK_OUT_GPIO16 ? 16 : 17, FUNCTION_EMAC);
    reg_write(EMAC_EX_CLKOUT_CONF_REG, 0);
    reg_write(EMAC_EX_OSCCLK_CONF_REG, 0);
    reg_write(EMAC_EX_CLK_CTRL_REG, enabled | EMAC_EX_INT_OSC_EN);
  }
}

static void pause(uint64_t ns) { board_wait(board_monotonic_ns() + ns, 0); }

void emac_connect(const struct emac_board *board) {
  if (board->power != NOT_WIRED) drive(board->power, true);
  if (board->reset != NOT_WIRED) drive(board->reset, false);
  pins();
  clock_start(board->clock);
  pause(PHY_RESET_NS);
  if (board->reset != NOT_WIRED) drive(board->reset, true);
}
