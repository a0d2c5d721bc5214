/* SPDX-License-Identifier: Apache-2.0 */
/* What a driver gives board_wait to wait for. */

#ifndef EVENT_H
#define EVENT_H

#include <stdbool.h>

struct event_source {
  /* The CPU interrupt of level 1 that ends the sleep when something may have happened. */
  unsigned interrupt;
  /* Whether the event is there. First it forgets interrupts for what has been taken already, so that what
     comes after the look interrupts again. */
  bool (*pending)(void);
};

/* Makes a source known, once and for ever; its bit in the sets of board_wait. There is room for
   BOARD_EVENTS of them. */
unsigned event_add(const struct event_source *source);

#endif
