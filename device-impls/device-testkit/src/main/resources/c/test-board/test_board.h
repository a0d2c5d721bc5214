/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the test board share. */

#ifndef TEST_BOARD_H
#define TEST_BOARD_H

#include <stdint.h>

/* The time at which an event is there, if nothing is done until then; UINT64_MAX: never. */
typedef uint64_t event_time(void);

/* Makes a source known, once and for ever; its bit in the sets of board_wait. */
unsigned event_add(event_time *source);

#endif
