/* SPDX-License-Identifier: Apache-2.0 */
/* The guard at the end of the stack: 128 bytes which nothing may write to. At start it lies at the end of
   the C stack and ends the program; whoever runs on a stack of its own may move it. */

#ifndef GUARD_H
#define GUARD_H

#include <stdint.h>

#define GUARD_SIZE 128u

/* Puts the guard at an address that is a multiple of 64. */
static inline void guard_set(uint32_t address) {
  uint32_t second = address + 64;
  /* wsr.dbreaka0, wsr.dbreaka1: op0 0, t, sr, op1 3, op2 1 (lx6.h). */
  register uint32_t a8 __asm__("a8") = address;
  register uint32_t a9 __asm__("a9") = second;
  __asm__ volatile(".byte 8 << 4, 144, 0x13\n\t.byte 9 << 4, 145, 0x13\n\trsync" : : "a"(a8), "a"(a9));
}

/* The program when the guard was hit, before the write: a0 to a15, SAR, the pc. */
struct guard_registers {
  uint32_t a[16];
  uint32_t sar, pc;
};

/* Called, if not null, on a small stack of its own and with interrupts masked. Answers whether the
   program goes on with these registers, which it may change; the guard must then be elsewhere. */
extern int (*guard_handler)(struct guard_registers *registers);

#endif
