/* SPDX-License-Identifier: Apache-2.0 */
/* The radio of a board, calibrated by the vendor's PHY library: an archive of windowed code that the user gave to
   the build. Of its functions these are called as open drivers call them. */

#include <stdarg.h>
#include <stdio.h>

#include "board.h"
#include "phy_init.h"
#include "wifi_mac.h"
#include "windowed.h"

#define EXPORT(name) extern const char windowed_##name[];
#define IMPORT(name, function)
#define ROM_IMPORT(name, address)
#include "interface.h"

/* What register_chipv7_phy may be asked for: use what an earlier calibration left, do nothing, do all of it. */
enum { CALIBRATE_PARTLY, CALIBRATE_NOTHING, CALIBRATE_ALL };

/* What it leaves for a later start; nobody keeps it. */
#define CALIBRATION_SIZE 1904
static uint32_t calibration[CALIBRATION_SIZE / 4];

static void channel(unsigned number) { windowed_call(windowed_chip_v7_set_chan_nomac, number, 0, 0); }

static void gain(bool on) {
  windowed_call(on ? windowed_enable_wifi_agc : windowed_disable_wifi_agc, 0, 0, 0);
}

static void sent(void) { windowed_call(windowed_tx_pwctrl_background, 1, 0, 0); }

const struct wifi_phy *wifi_phy_start(void) {
  static const struct wifi_phy library = {channel, gain, sent};
  windowed_call(windowed_register_chipv7_phy, (uint32_t)phy_init_data, (uint32_t)calibration, CALIBRATE_ALL);
  return &library;
}

/* ---- What the library calls (interface.h) ---- */

int phy_log(const char *format, ...) {
  char text[128];
  va_list arguments;
  va_start(arguments, format);
  int length = vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  if (length > 0) board_console_write(text, length < (int)sizeof text ? length : (int)sizeof text - 1);
  return length;
}

void phy_delay(uint32_t us) {
  uint32_t begin = cycle_count();
  while (cycle_count() - begin < us * TICKS_PER_US) {
  }
}

uint32_t phy_register(uint32_t address) { return reg_read(address); }

/* Nobody else runs meanwhile. */
uint32_t phy_critical(void) { return 0; }

/* MHz. */
uint32_t phy_crystal(void) { return 40; }

#define SENS_SAR_MEAS_WAIT2_REG 0x3FF4880C
#define SENS_FORCE_XPD_SAR (3 << 18)
#define SENS_SAR_SLAVE_ADDR3_REG 0x3FF48844
#define SENS_TSENS_OUT(word) ((word) >> 22 & 0xFF)
#define SENS_SAR_TSENS_CTRL_REG 0x3FF4884C
#define SENS_TSENS_DUMP_OUT (1 << 26)
#define SENS_TSENS_POWER_UP_FORCE (1 << 25)
#define SENS_TSENS_POWER_UP (1 << 24)
#define SENS_TSENS_CLK_DIV(divider) ((divider) << 16)

/* The temperature sensor's number, larger when it is warmer; in its own units. */
uint32_t phy_temperature(void) {
  uint32_t on = SENS_TSENS_CLK_DIV(10) | SENS_TSENS_POWER_UP_FORCE | SENS_TSENS_POWER_UP;
  reg_write(SENS_SAR_MEAS_WAIT2_REG, reg_read(SENS_SAR_MEAS_WAIT2_REG) | SENS_FORCE_XPD_SAR);
  reg_write(SENS_SAR_TSENS_CTRL_REG, SENS_TSENS_CLK_DIV(10) | SENS_TSENS_POWER_UP_FORCE);
  reg_write(SENS_SAR_TSENS_CTRL_REG, on);
  phy_delay(100);
  reg_write(SENS_SAR_TSENS_CTRL_REG, on | SENS_TSENS_DUMP_OUT);
  phy_delay(5);
  return SENS_TSENS_OUT(reg_read(SENS_SAR_SLAVE_ADDR3_REG));
}
