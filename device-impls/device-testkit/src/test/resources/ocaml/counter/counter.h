/* SPDX-License-Identifier: Apache-2.0 */

#include <caml/mlvalues.h>

#define COUNTER_STEP 1
