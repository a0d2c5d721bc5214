/* SPDX-License-Identifier: Apache-2.0 */

#include <stdlib.h>

#include "board.h"

_Noreturn void board_halt(int status) { exit(status & 0xFF); }
