/* SPDX-License-Identifier: Apache-2.0 */
/* Standard output and standard input. A reader that goes away, or a disk that is full, ends the
   process as it ends others: by SIGPIPE, or with status 1. */

#include <errno.h>
#include <poll.h>
#include <unistd.h>

#include "board.h"
#include "event.h"
#include "host.h"

unsigned board_console_event(void) {
  static unsigned event;
  if (!event) event = event_add(STDIN_FILENO, POLLIN);
  return event;
}

void board_console_write(const void *data, size_t size) {
  const char *bytes = data;
  while (size > 0) {
    ssize_t count = write(STDOUT_FILENO, bytes, size);
    if (count >= 0) {
      bytes += count;
      size -= count;
    } else if (errno == EAGAIN) {
      struct pollfd ready = {.fd = STDOUT_FILENO, .events = POLLOUT};
      poll(&ready, 1, -1);
    } else if (errno != EINTR) {
      host_fail("console output");
    }
  }
}

int board_console_read(void *data, size_t size) {
  struct pollfd ready = {.fd = STDIN_FILENO, .events = POLLIN};
  if (size == 0 || poll(&ready, 1, 0) <= 0) return 0;
  ssize_t count = read(STDIN_FILENO, data, size);
  if (count > 0) return count;
  return count < 0 && (errno == EAGAIN || errno == EINTR) ? 0 : -1;
}
