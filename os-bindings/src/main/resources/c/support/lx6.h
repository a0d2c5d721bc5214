/* SPDX-License-Identifier: Apache-2.0 */
/* The LX6's 32-bit high multiplication and division for C code. The compiler and the assembler are
   configured for the LX106, which has neither, so the instructions are encoded by hand (format RRR:
   bytes t<<4, r<<4|s, op2<<4|2 for "op ar, as, at"; Xtensa ISA Reference Manual, 4.3.5 and 4.3.6). */

#ifndef SUPPORT_LX6_H
#define SUPPORT_LX6_H

#ifdef __ASSEMBLER__

/* Operands are numbers of registers: muluh 2, 3, 4 is a2 = upper word of a3 * a4. */
	.macro rrr op2, r, s, t
	.byte	(\t) << 4, (\r) << 4 | (\s), (\op2) << 4 | 2
	.endm

	.macro muluh r, s, t
	rrr	10, \r, \s, \t
	.endm

	.macro quou r, s, t
	rrr	12, \r, \s, \t
	.endm

	.macro remu r, s, t
	rrr	14, \r, \s, \t
	.endm

#else

#include <stdint.h>

#ifdef __XTENSA__

/* op a8, a8, a9 */
#define LX6_RRR(name, op2)                                         \
  static inline uint32_t name(uint32_t a, uint32_t b) {            \
    register uint32_t x __asm__("a8") = a;                         \
    register uint32_t y __asm__("a9") = b;                         \
    __asm__(".byte 0x90, 0x88, " #op2 " << 4 | 2" : "+a"(x) : "a"(y)); \
    return x;                                                      \
  }

LX6_RRR(muluh, 10)
LX6_RRR(quou, 12)
LX6_RRR(remu, 14)

#else /* the same in C, so that the routines can be tested on a host */

static inline uint32_t muluh(uint32_t a, uint32_t b) { return (uint64_t)a * b >> 32; }
static inline uint32_t quou(uint32_t a, uint32_t b) { return a / b; }
static inline uint32_t remu(uint32_t a, uint32_t b) { return a % b; }

#endif

/* All 64 bits of a product. */
static inline uint64_t mul32(uint32_t a, uint32_t b) {
  return (uint64_t)muluh(a, b) << 32 | (uint32_t)(a * b);
}

/* (high * 2^32 + low) / v for v >= 2^31 and high < v: two digits of 16 bits, each guessed from the
   upper half of v and corrected at most twice (Knuth, The Art of Computer Programming 4.3.1, D). */
static inline uint32_t divide_64_by_32(uint32_t high, uint32_t low, uint32_t v, uint32_t *rest) {
  uint32_t v1 = v >> 16, v0 = v & 0xFFFF, quotient = 0;
  for (int i = 0; i < 2; i++) {
    uint32_t digit = quou(high, v1), r = remu(high, v1), next = i == 0 ? low >> 16 : low & 0xFFFF;
    while (digit >> 16 || digit * v0 > (r << 16 | next)) {
      digit--;
      r += v1;
      if (r >> 16) break;
    }
    high = (high << 16 | next) - digit * v;
    quotient = quotient << 16 | digit;
  }
  *rest = high;
  return quotient;
}

#endif
#endif
