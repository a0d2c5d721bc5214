/* SPDX-License-Identifier: Apache-2.0 */

#ifndef MATH_LOGARITHM_H
#define MATH_LOGARITHM_H

#include "extended.h"

/* log x, for x > 0 */
struct extended ext_log(struct extended x);

/* log (1 + x), for x > -1 */
struct extended ext_log1p(struct extended x);

#endif
