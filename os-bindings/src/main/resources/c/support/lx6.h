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

/* The number of a register behind its name: .Lnumber_%0 in a piece of assembly. */
__asm__(".irp n, 0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15\n"
        ".set .Lnumber_a\\n, \\n\n"
        ".endr\n"
        ".set .Lnumber_sp, 1\n");

/* "op r, s, t" in assembly; registers by names, or operands of the assembly such as "%0". */
#define LX6_OP(op2, r, s, t) \
  ".byte .Lnumber_" t " << 4, .Lnumber_" r " << 4 | .Lnumber_" s ", " #op2 " << 4 | 2\n"
#define LX6_MULUH(r, s, t) LX6_OP(10, r, s, t)

#define LX6_RRR(name, op2)                                                      \
  static inline uint32_t name(uint32_t a, uint32_t b) {                         \
    uint32_t r;                                                                 \
    __asm__(LX6_OP(op2, "%0", "%1", "%2") : "=a"(r) : "a"(a), "a"(b));          \
    return r;                                                                   \
  }

LX6_RRR(muluh, 10)
LX6_RRR(quou, 12)
LX6_RRR(remu, 14)

/* All 128 bits of a product: the upper half, and the lower one in *low. */
static inline uint64_t mul64(uint64_t a, uint64_t b, uint64_t *low) {
  uint32_t a0 = (uint32_t)a, a1 = (uint32_t)(a >> 32), b0 = (uint32_t)b, b1 = (uint32_t)(b >> 32);
  uint32_t middle, left, right, product, least;
  __asm__(LX6_MULUH("%[middle]", "%[a0]", "%[b0]")
          "mull %[product], %[a1], %[b0]\n" LX6_MULUH("%[left]", "%[a1]", "%[b0]")
          "add %[middle], %[middle], %[product]\n"
          "bgeu %[middle], %[product], 1f\n"
          "addi %[left], %[left], 1\n"
          "1: mull %[product], %[a0], %[b1]\n" LX6_MULUH("%[right]", "%[a0]", "%[b1]")
          "add %[middle], %[middle], %[product]\n"
          "bgeu %[middle], %[product], 2f\n"
          "addi %[right], %[right], 1\n"
          "2: mull %[least], %[a0], %[b0]\n"
          "mull %[a0], %[a1], %[b1]\n" LX6_MULUH("%[a1]", "%[a1]", "%[b1]")
          "add %[a0], %[a0], %[left]\n"
          "bgeu %[a0], %[left], 3f\n"
          "addi %[a1], %[a1], 1\n"
          "3: add %[a0], %[a0], %[right]\n"
          "bgeu %[a0], %[right], 4f\n"
          "addi %[a1], %[a1], 1\n"
          "4:\n"
          : [a0] "+&a"(a0), [a1] "+&a"(a1), [middle] "=&a"(middle), [left] "=&a"(left),
            [right] "=&a"(right), [product] "=&a"(product), [least] "=&a"(least)
          : [b0] "a"(b0), [b1] "a"(b1));
  *low = (uint64_t)middle << 32 | least;
  return (uint64_t)a1 << 32 | a0;
}

#else /* the same in C, so that the routines can be tested on a host */

static inline uint32_t muluh(uint32_t a, uint32_t b) { return (uint64_t)a * b >> 32; }
static inline uint32_t quou(uint32_t a, uint32_t b) { return a / b; }
static inline uint32_t remu(uint32_t a, uint32_t b) { return a % b; }

static inline uint64_t mul64(uint64_t a, uint64_t b, uint64_t *low) {
  uint64_t a1 = a >> 32, a0 = (uint32_t)a, b1 = b >> 32, b0 = (uint32_t)b;
  uint64_t least = a0 * b0, left = a1 * b0, middle = a0 * b1 + (least >> 32) + (uint32_t)left;
  *low = middle << 32 | (uint32_t)least;
  return a1 * b1 + (left >> 32) + (middle >> 32);
}

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
