// SPDX-License-Identifier: Apache-2.0
// The prime of the curve P-256: 2^256 - 2^224 + 2^192 + 2^96 - 1; and 2^(2 * LIMB_BITS * FIELD_LIMBS) modulo it.
// Words of 32 bits, the lowest first, for inversion_template.h.
#define LIMB_BITS 27
#define FIELD_LIMBS 10
#define PRIME \
    0xffffffff, 0xffffffff, 0xffffffff, 0, 0, 0, \
    1, 0xffffffff
#define R_SQUARED \
    0x30000000, 0, 0xf0000000, 0xbfffffff, 0xefffffff, 0xffffffff, \
    0xdfffffff, 0x4fffffff
