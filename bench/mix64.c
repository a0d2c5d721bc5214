// SPDX-License-Identifier: Apache-2.0
/* the same as mix64.ml */
#include <stdint.h>
#include <stdio.h>
static uint64_t next(uint64_t s) {
  s ^= s << 13;
  s ^= s >> 7;
  return s ^ s << 17;
}
int main(void) {
  uint64_t s = 88172645463325252u, sum = 0;
  for (int i = 0; i < 20000; i++) {
    s = next(s);
    sum += s * 0x9E3779B97F4A7C15u;
  }
  printf("mix64 %d\n", (int)(sum >> 40 & 0xFFFFFF));
  return 0;
}
