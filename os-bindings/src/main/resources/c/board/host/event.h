/* SPDX-License-Identifier: Apache-2.0 */
/* What can end board_wait in a process: file descriptors. */

#ifndef EVENT_H
#define EVENT_H

/* Makes a descriptor known, once and for ever; the bit in the sets of board_wait that stands for it when
   poll answers one of these flags. There is room for BOARD_EVENTS of them. */
unsigned event_add(int descriptor, short flags);

#endif
