/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of this directory share beside board.h. */

#ifndef ESP32_H
#define ESP32_H

#include <stdbool.h>
#include <stdint.h>

/* Starts the clock of board_monotonic_ns. */
void time_start(void);

/* Has the clock raise CPU_INT_TIMER at that time; false when the time has come already. */
bool time_alarm(uint64_t deadline_ns);

/* The frequency of the bus of the peripherals: 40 or 80. */
unsigned time_apb_mhz(void);

/* Has input raise CPU_INT_UART. */
void console_start(void);

#endif
