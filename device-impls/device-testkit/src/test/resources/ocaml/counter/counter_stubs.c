/* SPDX-License-Identifier: Apache-2.0 */

#include "counter.h"

value counter_next(value n) { return Val_long(Long_val(n) + COUNTER_STEP); }
