/* SPDX-License-Identifier: Apache-2.0 */
/* Alone in its file, so that a C program with a main of its own can be linked with the rest. */

#include "startup.h"

int main(void) { return startup_main(); }
