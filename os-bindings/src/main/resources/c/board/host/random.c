/* SPDX-License-Identifier: Apache-2.0 */

#include <errno.h>
#include <sys/random.h>

#include "board.h"
#include "host.h"

void board_random(void *data, size_t size) {
  char *bytes = data;
  while (size > 0) {
    ssize_t count = getrandom(bytes, size, 0);
    if (count >= 0) {
      bytes += count;
      size -= count;
    } else if (errno != EINTR) {
      host_fail("random numbers");
    }
  }
}

bool board_random_has_noise(void) { return true; }
