/* SPDX-License-Identifier: Apache-2.0 */
/* IEEE 754 binary32 arithmetic by way of binary64: its 53 bits are more than twice 24 plus two, so
   rounding twice gives for each of the four operations what rounding once does. */

#include <stdbool.h>

#include "names.h"

#define SIGN 0x80000000u
#define INFINITY_BITS 0x7F800000u

df __extendsfdf2(sf a) {
  df sign = (df)(a & SIGN) << 32;
  uint32_t magnitude = a & ~SIGN, exp = magnitude >> 23, fraction = magnitude & 0x7FFFFF;
  if (exp == 0xFF) {
    df quiet = fraction != 0 ? (df)1 << 51 : 0;
    return sign | (df)0x7FF << 52 | (df)fraction << 29 | quiet;
  }
  if (exp == 0) {
    if (fraction == 0) return sign;
    int shift = __builtin_clz(fraction) - 8;
    exp = 1 - shift;
    fraction = (fraction << shift) & 0x7FFFFF;
  }
  return sign | (df)(exp + 1023 - 127) << 52 | (df)fraction << 29;
}

sf __truncdfsf2(df a) {
  sf sign = (sf)(a >> 32) & SIGN;
  int exp = (int)(a >> 52) & 0x7FF;
  uint64_t fraction = a & 0x000FFFFFFFFFFFFFu;
  if (exp == 0x7FF) {
    return sign | INFINITY_BITS | (fraction != 0 ? 0x400000 | (sf)(fraction >> 29) : 0);
  }
  /* Leading bit at 30, so that seven bits stand below those kept; bit 0 is sticky. */
  uint32_t significand = (uint32_t)(fraction >> 22) | 1u << 30 | ((fraction & 0x3FFFFF) != 0);
  exp += 127 - 1023;
  if (exp >= 0xFF) return sign | INFINITY_BITS;
  if (exp <= 0) {
    int shift = 1 - exp;
    significand = shift > 31 ? 1 : significand >> shift | (significand << (32 - shift) != 0);
    exp = 1;
  }
  uint32_t below = significand & 0x7F;
  significand = (significand + 0x40) >> 7;
  if (below == 0x40) significand &= ~1u;
  return sign | (((uint32_t)(exp - 1) << 23) + significand);
}

sf __addsf3(sf a, sf b) { return __truncdfsf2(__adddf3(__extendsfdf2(a), __extendsfdf2(b))); }
sf __subsf3(sf a, sf b) { return __truncdfsf2(__subdf3(__extendsfdf2(a), __extendsfdf2(b))); }
sf __mulsf3(sf a, sf b) { return __truncdfsf2(__muldf3(__extendsfdf2(a), __extendsfdf2(b))); }
sf __divsf3(sf a, sf b) { return __truncdfsf2(__divdf3(__extendsfdf2(a), __extendsfdf2(b))); }
sf __negsf2(sf a) { return a ^ SIGN; }

int __eqsf2(sf a, sf b) { return __eqdf2(__extendsfdf2(a), __extendsfdf2(b)); }
int __nesf2(sf a, sf b) { return __eqsf2(a, b); }
int __ltsf2(sf a, sf b) { return __ltdf2(__extendsfdf2(a), __extendsfdf2(b)); }
int __lesf2(sf a, sf b) { return __ltsf2(a, b); }
int __gtsf2(sf a, sf b) { return __gtdf2(__extendsfdf2(a), __extendsfdf2(b)); }
int __gesf2(sf a, sf b) { return __gtsf2(a, b); }
int __unordsf2(sf a, sf b) { return __unorddf2(__extendsfdf2(a), __extendsfdf2(b)); }

int32_t __fixsfsi(sf a) { return __fixdfsi(__extendsfdf2(a)); }
uint32_t __fixunssfsi(sf a) { return __fixunsdfsi(__extendsfdf2(a)); }
int64_t __fixsfdi(sf a) { return __fixdfdi(__extendsfdf2(a)); }
uint64_t __fixunssfdi(sf a) { return __fixunsdfdi(__extendsfdf2(a)); }

sf __floatsisf(int32_t a) { return __truncdfsf2(__floatsidf(a)); }
sf __floatunsisf(uint32_t a) { return __truncdfsf2(__floatunsidf(a)); }

/* A 64-bit number does not fit 53 bits: what is cut off must not be lost for the second rounding. */
static sf from_magnitude(sf sign, uint64_t magnitude) {
  if (magnitude >> 53) magnitude = (magnitude >> 11 | ((magnitude & 0x7FF) != 0)) << 11;
  return sign | __truncdfsf2(__floatundidf(magnitude));
}

sf __floatundisf(uint64_t a) { return from_magnitude(0, a); }

sf __floatdisf(int64_t a) {
  return a < 0 ? from_magnitude(SIGN, -(uint64_t)a) : from_magnitude(0, (uint64_t)a);
}
