// SPDX-License-Identifier: Apache-2.0
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <stdint.h>
static const uint32_t k[64] = {
0x428a2f98,0x71374491,0xb5c0fbcf,0xe9b5dba5,0x3956c25b,0x59f111f1,0x923f82a4,0xab1c5ed5,
0xd807aa98,0x12835b01,0x243185be,0x550c7dc3,0x72be5d74,0x80deb1fe,0x9bdc06a7,0xc19bf174,
0xe49b69c1,0xefbe4786,0x0fc19dc6,0x240ca1cc,0x2de92c6f,0x4a7484aa,0x5cb0a9dc,0x76f988da,
0x983e5152,0xa831c66d,0xb00327c8,0xbf597fc7,0xc6e00bf3,0xd5a79147,0x06ca6351,0x14292967,
0x27b70a85,0x2e1b2138,0x4d2c6dfc,0x53380d13,0x650a7354,0x766a0abb,0x81c2c92e,0x92722c85,
0xa2bfe8a1,0xa81a664b,0xc24b8b70,0xc76c51a3,0xd192e819,0xd6990624,0xf40e3585,0x106aa070,
0x19a4c116,0x1e376c08,0x2748774c,0x34b0bcb5,0x391c0cb3,0x4ed8aa4a,0x5b9cca4f,0x682e6ff3,
0x748f82ee,0x78a5636f,0x84c87814,0x8cc70208,0x90befffa,0xa4506ceb,0xbef9a3f7,0xc67178f2};
static uint32_t rotr(uint32_t x, int n) { return x >> n | x << (32 - n); }
static void block(uint32_t *h, uint32_t *w, const unsigned char *d) {
  for (int t = 0; t < 16; t++) w[t] = (uint32_t)d[4*t] << 24 | d[4*t+1] << 16 | d[4*t+2] << 8 | d[4*t+3];
  for (int t = 16; t < 64; t++) {
    uint32_t x = w[t-15], y = w[t-2];
    w[t] = w[t-16] + (rotr(x,7) ^ rotr(x,18) ^ x >> 3) + w[t-7] + (rotr(y,17) ^ rotr(y,19) ^ y >> 10);
  }
  uint32_t a=h[0],b=h[1],c=h[2],dd=h[3],e=h[4],f=h[5],g=h[6],hh=h[7];
  for (int t = 0; t < 64; t++) {
    uint32_t t1 = hh + (rotr(e,6) ^ rotr(e,11) ^ rotr(e,25)) + ((e & f) ^ (~e & g)) + k[t] + w[t];
    uint32_t t2 = (rotr(a,2) ^ rotr(a,13) ^ rotr(a,22)) + ((a & b) ^ (a & c) ^ (b & c));
    hh=g; g=f; f=e; e=dd+t1; dd=c; c=b; b=a; a=t1+t2;
  }
  h[0]+=a;h[1]+=b;h[2]+=c;h[3]+=dd;h[4]+=e;h[5]+=f;h[6]+=g;h[7]+=hh;
}
static void digest(uint32_t *h, const unsigned char *data, int n) {
  static const uint32_t i0[8] = {0x6a09e667,0xbb67ae85,0x3c6ef372,0xa54ff53a,0x510e527f,0x9b05688c,0x1f83d9ab,0x5be0cd19};
  uint32_t w[64]; memcpy(h, i0, 32);
  int total = 64 * ((n + 72) / 64);
  unsigned char *p = calloc(total, 1); memcpy(p, data, n); p[n] = 0x80;
  uint32_t bits = 8 * n; p[total-4]=bits>>24; p[total-3]=bits>>16; p[total-2]=bits>>8; p[total-1]=bits;
  for (int i = 0; i < total; i += 64) block(h, w, p + i);
  free(p);
}
int main(void) {
  uint32_t h[8]; digest(h, (const unsigned char *)"abc", 3);
  if (h[0] != 0xba7816bf || h[7] != 0xf20015ad) { puts("sha256: abc"); return 1; }
  unsigned char *d = malloc(16384); int x = 1;
  for (int i = 0; i < 16384; i++) { x = (x * 421 + 1663) % 7875; d[i] = x & 255; }
  digest(h, d, 16384);
  printf("sha256 "); for (int i = 0; i < 8; i++) printf("%08lx", (unsigned long)h[i]); puts(""); return 0;
}
