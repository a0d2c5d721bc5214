/* SPDX-License-Identifier: Apache-2.0 */

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "board.h"
#include "host.h"

/* The process's arguments, quoted: the inverse of what board.h says about the line. */
const char *board_boot_args(void) {
  static char *line;
  if (line != NULL) return line;
  size_t size = 1;
  for (int i = 1; i < host_argc; i++) size += 2 * strlen(host_argv[i]) + 3;
  char *to = malloc(size);
  if (to == NULL) host_fail("boot arguments");
  line = to;
  for (int i = 1; i < host_argc; i++) {
    if (i > 1) *to++ = ' ';
    *to++ = '"';
    for (const char *from = host_argv[i]; *from; from++) {
      if (*from == '"' || *from == '\\') *to++ = '\\';
      *to++ = *from;
    }
    *to++ = '"';
  }
  *to = 0;
  return line;
}
