/* SPDX-License-Identifier: Apache-2.0 */
/* main belongs to OCaml's own runtime here; the C library calls us before it. */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host.h"

int host_argc;
char **host_argv;

static void board_start(int argc, char **argv, char **environment) {
  (void)environment;
  host_argc = argc;
  host_argv = argv;
  time_start();
}

/* The GNU C library passes main's arguments to what stands in this section. */
__attribute__((section(".init_array"), used)) static void (*const start)(int, char **, char **) =
    board_start;

_Noreturn void host_fail(const char *what) {
  fprintf(stderr, "%s: %s: %s\n", host_argv[0], what, strerror(errno));
  exit(1);
}
