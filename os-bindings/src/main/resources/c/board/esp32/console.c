/* SPDX-License-Identifier: Apache-2.0 */
/* UART0 as whoever started us left it: the boot ROM sets 115200 baud for the crystal, the vendor's
   loader again for the clock it switches to (TRM 13). */

#include "board.h"
#include "chip.h"
#include "esp32.h"
#include "event.h"

static bool pending(void);

unsigned board_console_event(void) {
  static const struct event_source input = {CPU_INT_UART, pending};
  static unsigned event;
  if (!event) event = event_add(&input);
  return event;
}

/* A break has come, and nothing since: the sender's input is at its end. */
static bool ended;

void console_start(void) {
  /* The zeroes of a break are no byte. */
  reg_write(UART0_CONF0_REG, reg_read(UART0_CONF0_REG) | UART_ERR_WR_MASK);
  reg_write(UART0_INT_CLR_REG, UART_BRK_DET_INT);
  /* One byte is enough to interrupt. The other fields of CONF1 are time-outs and hardware flow
     control, both off. */
  reg_write(UART0_CONF1_REG, 1);
  reg_write(UART0_INT_ENA_REG, UART_RXFIFO_FULL_INT | UART_BRK_DET_INT);
  reg_write(DPORT_PRO_UART_INTR_MAP_REG, CPU_INT_UART);
}

static unsigned transmit_count(void) { return reg_read(UART0_STATUS_REG) >> 16 & 0xFF; }

void board_console_write(const void *data, size_t size) {
  const uint8_t *bytes = data;
  for (size_t i = 0; i < size; i++) {
    while (transmit_count() >= UART_FIFO_SIZE - 2) {
    }
    reg_write(UART0_FIFO_REG, bytes[i]);
  }
}

/* The count in UART_STATUS is wrong when the FIFO is read over this bus; the difference of the
   receive memory's pointers is right, but is 0 both when it is empty and when it is full. */
static unsigned receive_count(void) {
  uint32_t status = reg_read(UART0_MEM_RX_STATUS_REG);
  unsigned read = status >> 2 & 0x7FF, written = status >> 13 & 0x7FF;
  if (read == written) return (reg_read(UART0_STATUS_REG) & 0xFF) ? UART_FIFO_SIZE : 0;
  return (written - read) & (UART_FIFO_SIZE - 1);
}

/* Asked when all bytes before the break have been read. */
static bool console_ended(void) {
  if (reg_read(UART0_INT_RAW_REG) & UART_BRK_DET_INT) {
    reg_write(UART0_INT_CLR_REG, UART_BRK_DET_INT);
    ended = true;
  }
  return ended;
}

int board_console_read(void *data, size_t size) {
  uint8_t *bytes = data;
  unsigned count = receive_count();
  if (count == 0) return console_ended() ? -1 : 0;
  ended = false;
  if (count > size) count = size;
  for (unsigned i = 0; i < count; i++) bytes[i] = reg_read(UART0_FIFO_REG);
  return count;
}

static bool pending(void) {
  reg_write(UART0_INT_CLR_REG, UART_RXFIFO_FULL_INT);
  return receive_count() > 0 || console_ended();
}
