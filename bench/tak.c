// SPDX-License-Identifier: Apache-2.0
#include <stdio.h>
int tak(int x, int y, int z) { if (y >= x) return z; return tak(tak(x-1,y,z), tak(y-1,z,x), tak(z-1,x,y)); }
int main(void) { int s = 0; for (int i = 0; i < 10; i++) s += tak(18 + (i & 1), 12, 6); printf("tak %d\n", s); return 0; }
