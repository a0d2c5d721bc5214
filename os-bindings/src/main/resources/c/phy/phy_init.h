/* SPDX-License-Identifier: Apache-2.0 */

#ifndef PHY_INIT_H
#define PHY_INIT_H

#include <stdint.h>

#define PHY_INIT_SIZE 128

/* Parameters of the calibration, of which the vendor gives values and no meaning. */
extern const uint8_t phy_init_data[PHY_INIT_SIZE];

#endif
