// SPDX-License-Identifier: Apache-2.0
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#define n 16384
static int sieve_bytes(void) {
  unsigned char *b = malloc(n + 1); memset(b, 1, n + 1);
  for (int i = 2; i * i <= n; i++) if (b[i]) for (int j = i * i; j <= n; j += i) b[j] = 0;
  int c = 0; for (int k = 2; k <= n; k++) if (b[k]) c++;
  free(b); return c;
}
static int sieve_array(void) {
  int *b = malloc((n + 1) * sizeof(int)); for (int i = 0; i <= n; i++) b[i] = 1;
  for (int i = 2; i * i <= n; i++) if (b[i]) for (int j = i * i; j <= n; j += i) b[j] = 0;
  int c = 0; for (int k = 2; k <= n; k++) if (b[k]) c++;
  free(b); return c;
}
int main(void) { int s = 0; for (int r = 0; r < 8; r++) s += sieve_bytes() + sieve_array(); printf("sieve %d\n", s); return 0; }
