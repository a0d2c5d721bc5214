// SPDX-License-Identifier: Apache-2.0
// The order, a prime, of the curve P-521; and 2^(2 * LIMB_BITS * FIELD_LIMBS) modulo it.
// Words of 32 bits, the lowest first, for inversion_template.h.
#define LIMB_BITS 26
#define FIELD_LIMBS 21
#define PRIME \
    0x91386409, 0xbb6fb71e, 0x899c47ae, 0x3bb5c9b8, 0xf709a5d0, 0x7fcc0148, \
    0xbf2f966b, 0x51868783, 0xfffffffa, 0xffffffff, 0xffffffff, 0xffffffff, \
    0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0x1ff
#define R_SQUARED \
    0x4dc01a04, 0x4cf48037, 0xc3f707f0, 0xb6cf30bd, 0xe4a9d7fe, 0xd74d5dc4, \
    0x3dc7634b, 0x28e75d00, 0x7756e3e9, 0xff3d142b, 0x8e567bcc, 0xbcc6d61a, \
    0x92d0d455, 0xd8e03d14, 0xc44383d2, 0xb5a3afe8, 0x1a5
