/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of this directory share beside board.h. */

#ifndef HOST_H
#define HOST_H

/* The process's arguments, recorded before main. */
extern int host_argc;
extern char **host_argv;

/* Prints a message to standard error and exits with status 1: the host failed us, not the program. */
_Noreturn void host_fail(const char *what);

/* Makes now the zero of board_monotonic_ns. */
void time_start(void);

#endif
