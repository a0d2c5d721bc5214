/* SPDX-License-Identifier: Apache-2.0 */

#include "board.h"
#include "chip.h"

/* What an observer of the chip finds in RTC_CNTL_STORE4_REG, which outlives the program: "MI" and the
   status. */
#define HALTED 0x4D490000u

static void console_drain(void) {
  /* The FIFO is empty and the shift register idle: TXFIFO_CNT and ST_UTX_OUT are 0. */
  while (reg_read(UART0_STATUS_REG) & 0x0FFF0000) {
  }
}

_Noreturn void board_halt(int status) {
  console_drain();
  reg_write(RTC_CNTL_STORE4_REG, HALTED | (status & 0xFF));
  for (;;) __asm__ volatile("waiti 15" ::: "memory");
}
