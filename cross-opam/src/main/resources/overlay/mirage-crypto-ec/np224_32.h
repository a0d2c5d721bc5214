// SPDX-License-Identifier: Apache-2.0
// The order, a prime, of the curve P-224; and 2^(2 * LIMB_BITS * FIELD_LIMBS) modulo it.
// Words of 32 bits, the lowest first, for inversion_template.h.
#define LIMB_BITS 27
#define FIELD_LIMBS 9
#define PRIME \
    0x5c5c2a3d, 0x13dd2945, 0xe0b8f03e, 0xffff16a2, 0xffffffff, 0xffffffff, \
    0xffffffff
#define R_SQUARED \
    0x5c082dd2, 0x73469e24, 0x726f074f, 0x5c520dc0, 0xb457df36, 0x7a5e585a, \
    0x8af11ec
