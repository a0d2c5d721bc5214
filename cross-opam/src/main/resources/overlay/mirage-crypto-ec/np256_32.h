// SPDX-License-Identifier: Apache-2.0
// The order, a prime, of the curve P-256; and 2^(2 * LIMB_BITS * FIELD_LIMBS) modulo it.
// Words of 32 bits, the lowest first, for inversion_template.h.
#define LIMB_BITS 27
#define FIELD_LIMBS 10
#define PRIME \
    0xfc632551, 0xf3b9cac2, 0xa7179e84, 0xbce6faad, 0xffffffff, 0xffffffff, \
    0, 0xffffffff
#define R_SQUARED \
    0x4887ac57, 0x1764469, 0xe130785e, 0x9ea8ca2a, 0x9619076a, 0x92b6bec5, \
    0xfc16484a, 0x55aba83a
