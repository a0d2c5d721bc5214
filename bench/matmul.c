// SPDX-License-Identifier: Apache-2.0
/* the same as matmul.ml */
#include <stdio.h>
enum { N = 40 };
static int x[N][N], y[N][N], b[N][N];
static void make(int m[N][N], int seed) {
  for (int i = 0; i < N; i++)
    for (int j = 0; j < N; j++) m[i][j] = (i * 7 + j * 13 + seed) & 63;
}
static void multiply(int a[N][N], int c[N][N]) {
  for (int i = 0; i < N; i++)
    for (int j = 0; j < N; j++) {
      int s = 0;
      for (int k = 0; k < N; k++) s += a[i][k] * b[k][j];
      c[i][j] = s & 0xFFFF;
    }
}
int main(void) {
  make(x, 1);
  make(b, 5);
  for (int r = 0; r < 3; r++) {
    multiply(x, y);
    multiply(y, x);
  }
  int s = 0;
  for (int i = 0; i < N; i++)
    for (int j = 0; j < N; j++) s = (s * 3 + x[i][j]) & 0xFFFFFF;
  printf("matmul %d\n", s);
  return 0;
}
