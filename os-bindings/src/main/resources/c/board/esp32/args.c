/* SPDX-License-Identifier: Apache-2.0 */

#include <stdint.h>

#include "board.h"

#define ARGS_MAGIC 0x4752414Du /* "MARG" */
#define ARGS_MAX 1023

const char *board_boot_args(void) {
  static char line[ARGS_MAX + 1];
  struct {
    uint32_t magic, length;
  } header;
  if (board_partition_read("args", 0, &header, sizeof header) != 0) return "";
  if (header.magic != ARGS_MAGIC || header.length > ARGS_MAX) return "";
  if (board_partition_read("args", sizeof header, line, header.length) != 0) return "";
  line[header.length] = 0;
  return line;
}
