/* SPDX-License-Identifier: Apache-2.0 */

#ifndef STARTUP_H
#define STARTUP_H

/* Runs mirage_program from start to end. Returns the exit status of a program that just ends; one that
   exits or fails does not return. */
int startup_main(void);

#endif
