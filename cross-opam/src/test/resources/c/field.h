// SPDX-License-Identifier: Apache-2.0
// One operation of one of the primes of mirage-crypto-ec's overlay; NAME, LEN_PRIME and the file of its numbers are defined before.

#define LIMBS ((LEN_PRIME + 31) / 32)
#define CURVE_DESCRIPTION NAME

#include "inversion_template.h"

#define OPERATION(name) MAKE_FN_NAME(NAME, name)

// Words in, words out, as numbers and not as what Montgomery's products are made of; the letter says which operation.
void OPERATION(_operation)(char which, uint32_t *r, const uint32_t *a, const uint32_t *b) {
  field_words x, y, z;
  uint8_t bytes[4 * LIMBS] = {0};
  OPERATION(_to_montgomery)(x, a);
  OPERATION(_to_montgomery)(y, b);
  switch (which) {
    case '*': OPERATION(_mul)(z, x, y); break;
    case '2': OPERATION(_square)(z, x); break;
    case '+': OPERATION(_add)(z, x, y); break;
    case '-': OPERATION(_sub)(z, x, y); break;
    case '/': OPERATION(_from_montgomery)(x, x); inversion(z, x); break;
    case '1': OPERATION(_set_one)(z); break;
    case '?': OPERATION(_selectznz)(z, b[0] & 1, x, y); break;
    case '0': OPERATION(_nonzero)(z, x); OPERATION(_selectznz)(z, z[0] != 0, x, y); break;
    default: OPERATION(_to_bytes)(bytes, x); OPERATION(_from_bytes)(z, bytes); break;
  }
  OPERATION(_from_montgomery)(r, z);
}
