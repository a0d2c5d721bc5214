// SPDX-License-Identifier: Apache-2.0
// What mirage-crypto-rng gathers entropy from, on the chip: the CPU's cycle counter and the hardware's
// random numbers, of which the board says how good they are.
#include <board.h>
#include <caml/mlvalues.h>

// Both of the sources that the library knows: one that is read at start, one that is read again and again.
enum { BOTH_INSTRUCTIONS = 3 };

static value random_bits(void) {
  unsigned bits;
  board_random(&bits, sizeof bits);
  return Val_long((intnat)bits >> 1);
}

CAMLprim value mc_cycle_counter(value unit) {
  (void)unit;
  unsigned cycles;
  __asm__ volatile("rsr.ccount %0" : "=r"(cycles));
  return Val_long(cycles & 0x3fffffff);
}

CAMLprim value mc_cpu_rdseed(value unit) {
  (void)unit;
  return random_bits();
}

CAMLprim value mc_cpu_rdrand(value unit) {
  (void)unit;
  return random_bits();
}

CAMLprim value mc_cpu_rng_type(value unit) {
  (void)unit;
  return Val_int(BOTH_INSTRUCTIONS);
}

CAMLprim value mc_entropy_detect(value unit) {
  return unit;
}
