// SPDX-License-Identifier: Apache-2.0
/* the same as mandel.ml */
#include <stdio.h>
enum { SIZE = 64 };
int main(void) {
  int total = 0;
  for (int py = 0; py < SIZE; py++)
    for (int px = 0; px < SIZE; px++) {
      int cx = px * 12288 / SIZE - 8192, cy = py * 8192 / SIZE - 4096;
      int x = 0, y = 0, n = 0;
      while (n < 50 && x * x + y * y < 4 << 24) {
        int t = ((x * x - y * y) >> 12) + cx;
        y = ((x * y) >> 11) + cy;
        x = t;
        n++;
      }
      total = (total * 5 + n) & 0xFFFFFF;
    }
  printf("mandel %d\n", total);
  return 0;
}
