/* SPDX-License-Identifier: Apache-2.0 */
/* Addition, subtraction, multiplication, division. They end in the same code (a result rounded and put together, what is
   not a number, infinity, zero), which must be in reach of their branches: so they are assembled as one. */

#include "float64.h"

	.section .text.float64, "ax"
	.literal_position

#include "float64_add.inc"
#include "float64_multiply.inc"
#include "float64_divide.inc"
