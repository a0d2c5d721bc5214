/* SPDX-License-Identifier: Apache-2.0 */

#ifndef STARTUP_H
#define STARTUP_H

#include "caml/mlvalues.h"

/* Runs mirage_program from start to end. Returns the exit status of a program that just ends; one that
   exits or fails does not return. */
int startup_main(void);

/* What a back end supplies: bytecode.c, or native.c in front of it. */

/* Makes the program known to the runtime, whose heap is ready. */
void program_load(void);

/* Runs the program to its end and returns its status. */
int program_run(void);

/* What a back end calls. */

/* Constants of the program: blocks that the collector leaves alone. */
void startup_static_data(const void *begin, const void *end);

/* The status of a program with that result, or that exception, which is reported. */
int startup_status(value result);

#endif
