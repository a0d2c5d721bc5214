// SPDX-License-Identifier: Apache-2.0
// The prime of the curve P-384: 2^384 - 2^128 - 2^96 + 2^32 - 1; and 2^(2 * LIMB_BITS * FIELD_LIMBS) modulo it.
// Words of 32 bits, the lowest first, for inversion_template.h.
#define LIMB_BITS 27
#define FIELD_LIMBS 15
#define PRIME \
    0xffffffff, 0, 0, 0xffffffff, 0xfffffffe, 0xffffffff, \
    0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff
#define R_SQUARED \
    0, 0x400, 0xfffff800, 0x3ff, 0x800, 0, \
    0xfffff800, 0x3ff, 0x800, 0x400, 0, 0
