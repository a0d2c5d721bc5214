// SPDX-License-Identifier: Apache-2.0
#include <stdio.h>
#include <stdlib.h>
typedef struct t { struct t *l, *r; } t;
static t *make(int d) { t *n = malloc(sizeof(t)); if (d == 0) n->l = n->r = 0; else { n->l = make(d-1); n->r = make(d-1); } return n; }
static int check(t *n) { return n ? 1 + check(n->l) + check(n->r) : 0; }
static void del(t *n) { if (n) { del(n->l); del(n->r); free(n); } }
int main(void) {
  t *x = make(11); int s = check(x); del(x);
  t *ll = make(10);
  for (int d = 4; d <= 10; d += 2) { int it = 1 << (10 - d + 4), c = 0; for (int i = 0; i < it; i++) { x = make(d); c += check(x); del(x); } s += c; }
  s += check(ll); printf("bintrees %d\n", s); return 0;
}
