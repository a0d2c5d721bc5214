/* SPDX-License-Identifier: Apache-2.0 */
/* Timer 0 of timer group 0 counts from start at 20 MHz with 64 bits (TRM 18): it never wraps and
   needs no attention, unlike the processor's 32-bit cycle counter. */

#include "board.h"
#include "chip.h"
#include "esp32.h"

#define TICK_NS 50

/* The timer divides the APB clock: 80 MHz when the processor runs from the PLL, otherwise the
   processor's own, which is that of the 40 MHz crystal. We keep whatever clock we were started with:
   40 MHz after the boot ROM alone. */
unsigned time_apb_mhz(void) {
  enum { SOC_CLK_XTAL, SOC_CLK_PLL, SOC_CLK_8M, SOC_CLK_APLL };
  return (reg_read(RTC_CNTL_CLK_CONF_REG) >> 27 & 3) == SOC_CLK_PLL ? 80 : 40;
}

static uint32_t config(void) {
  unsigned divider = time_apb_mhz() * TICK_NS / 1000;
  return TIMG_T0_EN | TIMG_T0_INCREASE | TIMG_T0_LEVEL_INT_EN | divider << TIMG_T0_DIVIDER_SHIFT;
}

void time_start(void) {
  reg_write(TIMG0_T0CONFIG_REG, 0);
  reg_write(TIMG0_T0LOADLO_REG, 0);
  reg_write(TIMG0_T0LOADHI_REG, 0);
  reg_write(TIMG0_T0LOAD_REG, 1);
  reg_write(TIMG0_INT_ENA_REG, TIMG_T0_INT);
  reg_write(DPORT_PRO_TG_T0_LEVEL_INT_MAP_REG, CPU_INT_TIMER);
  reg_write(TIMG0_T0CONFIG_REG, config());
}

static uint64_t ticks(void) {
  reg_write(TIMG0_T0UPDATE_REG, 1);
  uint32_t low = reg_read(TIMG0_T0LO_REG);
  return (uint64_t)reg_read(TIMG0_T0HI_REG) << 32 | low;
}

uint64_t board_monotonic_ns(void) { return ticks() * TICK_NS; }

int64_t board_wall_ns(void) { return (int64_t)board_monotonic_ns(); }

uint32_t board_cycle_count(void) { return cycle_count(); }

bool time_alarm(uint64_t deadline_ns) {
  uint64_t alarm = deadline_ns / TICK_NS + (deadline_ns % TICK_NS != 0);
  reg_write(TIMG0_INT_CLR_REG, TIMG_T0_INT);
  reg_write(TIMG0_T0ALARMLO_REG, (uint32_t)alarm);
  reg_write(TIMG0_T0ALARMHI_REG, (uint32_t)(alarm >> 32));
  reg_write(TIMG0_T0CONFIG_REG, config() | TIMG_T0_ALARM_EN);
  return ticks() < alarm;
}
