/* SPDX-License-Identifier: Apache-2.0 */
/* Plain C whose arithmetic the compiler turns into calls of its support library. Built for the chip
   and for the host; both must print the same. */

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef __XTENSA__
#include "board.h"
#endif

static uint64_t state = 88172645463325252u;

static uint64_t next(void) {
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return state * 0x2545F4914F6CDD1Du;
}

static const uint64_t special[] = {
    0,                   0x8000000000000000u, 0x7FF0000000000000u, 0xFFF0000000000000u,
    0x7FF8000000000000u, 1,                   0x000FFFFFFFFFFFFFu, 0x0010000000000000u,
    0x7FEFFFFFFFFFFFFFu, 0x3FF0000000000000u, 0x3FF0000000000001u, 0xBFE0000000000000u};

/* Doubles of all kinds: any bits, near 1, special, subnormal, tiny, few bits set, whole numbers. */
static double next_double(void) {
  uint64_t bits = next();
  double result;
  switch (next() % 7) {
    case 0: break;
    case 1: bits = (bits & 0x800FFFFFFFFFFFFFu) | (1020 + next() % 6) << 52; break;
    case 2: bits = special[next() % 12]; break;
    case 3: bits &= 0x800FFFFFFFFFFFFFu; break;
    case 4: bits = (bits & 0x800FFFFFFFFFFFFFu) | (next() % 60) << 52; break;
    case 5: bits &= 0xFFF8000000010000u; break;
    default: return (double)(int64_t)(next() >> next() % 63);
  }
  memcpy(&result, &bits, sizeof result);
  return result;
}

/* Another one for it to be added to, divided by: any, the same, nearly the same, or of so many places less that
   their difference is just above, at or below half of the last place. */
static double partner(double a) {
  uint64_t bits;
  memcpy(&bits, &a, sizeof bits);
  switch (next() % 8) {
    case 0: break;
    case 1: bits ^= (uint64_t)1 << 63; break;
    case 2: bits ^= next() >> (40 + next() % 24); break;
    case 3: bits = (bits ^ (uint64_t)1 << 63) + next() % 5 - 2; break;
    case 4: bits ^= (uint64_t)1 << 63 | next() >> (10 + next() % 54); break;
    case 5: bits = (bits & 0xFFF0000000000000u) + next() % 4 - 2 - ((50 + next() % 6) << 52); break;
    case 6: bits = (bits & 0xFFF0000000000001u) - (next() % 70 << 52) ^ next() << 63; break;
    default: return next_double();
  }
  memcpy(&a, &bits, sizeof bits);
  return a;
}

struct sum {
  const char *name;
  uint32_t hash;
};

static struct sum sums[64];
static int count;

static void mix(const char *name, uint64_t value) {
  int i = 0;
  while (i < count && sums[i].name != name) i++;
  if (i == count) sums[count++] = (struct sum){name, 2166136261u};
  for (int shift = 0; shift < 64; shift += 8) {
    sums[i].hash = (sums[i].hash ^ (value >> shift & 0xFF)) * 16777619u;
  }
}

/* Which of the numbers that are not numbers comes out is not laid down. */
static void mix_double(const char *name, double value) {
  uint64_t bits;
  memcpy(&bits, &value, sizeof bits);
  mix(name, value != value ? 0x7FF8000000000000u : bits);
}

static void mix_float(const char *name, float value) { mix_double(name, (double)value); }

/* Those that IEEE 754 wants exact, or rounded once. */
static void functions(double a, double b) {
  int exponent = 0;
  double whole = 0;
  mix_double("floor", floor(a));
  mix_double("ceil", ceil(a));
  mix_double("trunc", trunc(a));
  mix_double("round", round(a));
  mix_double("fmod", fmod(a, b));
  mix_double("copysign", copysign(a, b));
  mix_double("nextafter", nextafter(a, b));
  mix_double("modf", modf(a, &whole));
  mix_double("modf, whole", whole);
  mix_double("ldexp", ldexp(a, (int)(next() % 4400) - 2200));
  mix_double("frexp", frexp(a, &exponent));
  if (isfinite(a)) mix("frexp, exponent", (uint64_t)exponent);
  mix_double("fma", fma(a, b, next() % 2 ? next_double() : partner(-a * b)));
}

static void doubles(double a, double b) {
  mix_double("a + b", a + b);
  mix_double("a - b", a - b);
  mix_double("a * b", a * b);
  mix_double("a / b", a / b);
  mix_double("-a", -a);
  mix_double("sqrt", sqrt(a));
  /* Either zero is the smaller, and what a signalling one gives is not laid down. */
  mix_double("fmin", fmin(a == a ? a : NAN, b == b ? b : NAN) + 0.0);
  functions(a, b);
  mix("comparisons", (uint64_t)((a < b) | (a <= b) << 1 | (a == b) << 2 | (a != b) << 3 |
                                (a > b) << 4 | (a >= b) << 5));
  float x = (float)a, y = (float)b;
  mix_float("float", x);
  mix_float("float +", x + y);
  mix_float("float -", x - y);
  mix_float("float *", x * y);
  mix_float("float /", x / y);
  mix("float comparisons", (uint64_t)((x < y) | (x == y) << 1 | (x >= y) << 2));
  if (a > -9.2e18 && a < 9.2e18) mix("to int64", (uint64_t)(int64_t)a);
  if (a > -2147483648.0 && a < 2147483647.0) mix("to int32", (uint64_t)(int32_t)a);
  if (a >= 0 && a < 1.8e19) mix("to uint64", (uint64_t)a);
  if (a >= 0 && a < 4294967295.0) mix("to uint32", (uint32_t)a);
}

static void integers(uint64_t a, uint64_t b) {
  if (b == 0) b = 1;
  int64_t sa = (int64_t)a, sb = (int64_t)b;
  mix("uint64 *", a * b);
  mix("uint64 /", a / b);
  mix("uint64 %", a % b);
  if (!(sa == INT64_MIN && sb == -1)) {
    mix("int64 /", (uint64_t)(sa / sb));
    mix("int64 %", (uint64_t)(sa % sb));
  }
  uint32_t ha = (uint32_t)a, hb = (uint32_t)b ? (uint32_t)b : 1;
  int32_t la = (int32_t)ha, lb = (int32_t)hb;
  mix("uint32 /", ha / hb);
  mix("uint32 %", ha % hb);
  if (!(la == INT32_MIN && lb == -1)) {
    mix("int32 /", (uint64_t)(la / lb));
    mix("int32 %", (uint64_t)(la % lb));
  }
  mix("wide *", (uint64_t)ha * hb);
  mix("shifts", a << (b & 63) ^ a >> (b & 63) ^ (uint64_t)(sa >> (b & 63)));
  mix_double("from int64", (double)sa);
  mix_double("from uint64", (double)a);
  mix_double("from int32", (double)la);
  mix_double("from uint32", (double)ha);
  mix_float("float from int64", (float)sa);
  mix_float("float from uint64", (float)a);
  mix_float("float from int32", (float)la);
}

/* The boot argument is how often. */
#ifdef __XTENSA__
int main(void) {
  long rounds = atol(board_boot_args());
#else
int main(int arguments, char **words) {
  long rounds = atol(words[arguments - 1]);
#endif
  for (long i = 1; i <= rounds; i++) {
    volatile double a = next_double(), b = partner(a);
    doubles(a, b);
    uint64_t x = next() >> next() % 64, y = next() >> next() % 64;
    if (next() % 2) x = -x;
    if (next() % 2) y = -y;
    integers(x, y);
  }
  for (int i = 0; i < count; i++) printf("%s: %08lx\n", sums[i].name, (unsigned long)sums[i].hash);
  return 0;
}
