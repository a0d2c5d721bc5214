// SPDX-License-Identifier: Apache-2.0
// The prime of the curve P-224: 2^224 - 2^96 + 1; and 2^(2 * LIMB_BITS * FIELD_LIMBS) modulo it.
// Words of 32 bits, the lowest first, for inversion_template.h.
#define LIMB_BITS 27
#define FIELD_LIMBS 9
#define PRIME \
    1, 0, 0, 0xffffffff, 0xffffffff, 0xffffffff, \
    0xffffffff
#define R_SQUARED \
    0xffffffc1, 0x3f, 0, 0x3f, 0xffffff80, 0xffffffff, \
    0xffffffff
