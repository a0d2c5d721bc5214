// SPDX-License-Identifier: Apache-2.0
// The prime of the curve P-521: 2^521 - 1; and 2^(2 * LIMB_BITS * FIELD_LIMBS) modulo it.
// Words of 32 bits, the lowest first, for inversion_template.h.
#define LIMB_BITS 26
#define FIELD_LIMBS 21
#define PRIME \
    0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, \
    0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, \
    0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0x1ff
#define R_SQUARED \
    0, 0x40000, 0, 0, 0, 0, \
    0, 0, 0, 0, 0, 0, \
    0, 0, 0, 0, 0
