// SPDX-License-Identifier: Apache-2.0
#include <stdio.h>
#include <stdlib.h>
#define n 8000
static void fill(int *a, int seed) { int x = seed; for (int i = 0; i < n; i++) { x = (x * 421 + 54773) % 259200; a[i] = x; } }
static void qs(int *a, int lo, int hi) {
  if (lo < hi) {
    int p = a[(lo + hi) / 2], i = lo, j = hi;
    while (i <= j) {
      while (a[i] < p) i++;
      while (a[j] > p) j--;
      if (i <= j) { int t = a[i]; a[i] = a[j]; a[j] = t; i++; j--; }
    }
    qs(a, lo, j); qs(a, i, hi);
  }
}
int main(void) {
  int *a = calloc(n, sizeof(int)), s = 0;
  for (int r = 1; r <= 6; r++) {
    fill(a, r * 1009); qs(a, 0, n - 1);
    for (int i = 1; i < n; i++) if (a[i-1] > a[i]) { puts("not sorted"); return 1; }
    int h = 0; for (int i = 0; i < n; i++) h = (h * 31 + a[i]) & 0xFFFFF;
    s += h;
  }
  printf("qsort %d\n", s); return 0;
}
