// SPDX-License-Identifier: Apache-2.0
// The order, a prime, of the curve P-384; and 2^(2 * LIMB_BITS * FIELD_LIMBS) modulo it.
// Words of 32 bits, the lowest first, for inversion_template.h.
#define LIMB_BITS 27
#define FIELD_LIMBS 15
#define PRIME \
    0xccc52973, 0xecec196a, 0x48b0a77a, 0x581a0db2, 0xf4372ddf, 0xc7634d81, \
    0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff
#define R_SQUARED \
    0x33a5abc, 0xc0a7fccc, 0x671157aa, 0x8ace5660, 0x4315597c, 0x4f686f2c, \
    0xc181b79, 0xac7316fc, 0x35245d2a, 0x99a25750, 0xc16de8a0, 0xe6fc84fe
