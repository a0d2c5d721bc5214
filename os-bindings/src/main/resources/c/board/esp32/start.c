/* SPDX-License-Identifier: Apache-2.0 */
/* From the first C to main: nothing resets the chip, time runs, the console can wake it. */

#include "board.h"
#include "chip.h"
#include "esp32.h"

int main(int argc, char **argv);

/* The boot ROM and the loaders leave watchdogs running that would reset a program that does not feed
   them (TRM 11.3.3, 29.2.6). A unikernel ends by board_halt, never by a reset. */
static void watchdogs_off(void) {
  reg_write(RTC_CNTL_WDTWPROTECT_REG, WDT_UNLOCK);
  reg_write(RTC_CNTL_WDTCONFIG0_REG, 0);
  reg_write(RTC_CNTL_WDTWPROTECT_REG, 0);
  reg_write(TIMG0_WDTWPROTECT_REG, WDT_UNLOCK);
  reg_write(TIMG0_WDTCONFIG0_REG, 0);
  reg_write(TIMG0_WDTWPROTECT_REG, 0);
  reg_write(TIMG1_WDTWPROTECT_REG, WDT_UNLOCK);
  reg_write(TIMG1_WDTCONFIG0_REG, 0);
  reg_write(TIMG1_WDTWPROTECT_REG, 0);
}

_Noreturn void board_start(void) {
  watchdogs_off();
  time_start();
  console_start();
  board_halt(main(0, NULL));
}
