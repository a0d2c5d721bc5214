// SPDX-License-Identifier: Apache-2.0
#include <stdio.h>
/* same list algorithm; the cells live on the C stack */
typedef struct c { int x; struct c *r; } cell;
static int ok(int d, int q, cell *l) { for (; l; l = l->r, d++) if (l->x == q || l->x == q + d || l->x == q - d) return 0; return 1; }
static int count(int n, cell *p, int row) {
  if (row == n) return 1;
  int s = 0;
  for (int q = 0; q < n; q++) if (ok(1, q, p)) { cell k = { q, p }; s += count(n, &k, row + 1); }
  return s;
}
int main(void) { int s = 0; for (int i = 0; i < 4; i++) s += count(8, 0, 0); printf("queens %d\n", s); return 0; }
