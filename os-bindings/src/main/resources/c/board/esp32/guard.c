/* SPDX-License-Identifier: Apache-2.0 */

#include "guard.h"

int (*guard_handler)(struct guard_registers *registers);

struct guard_registers guard_registers;
