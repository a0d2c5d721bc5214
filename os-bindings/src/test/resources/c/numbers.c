/* SPDX-License-Identifier: Apache-2.0 */
/* The mathematical functions at random and at special arguments. On the chip: a hash of the results of each. On a host: the
   hash of what the same sources give when compiled for it, how far they are from numbers of 113 bits at worst, in units of the
   last place, how many of a thousand are not the nearest double, and how many have another sign, or are infinite, zero or not a
   number where the long ones are not.

   The boot argument is how many arguments each function gets; on a host the library with our functions follows. */

#include <float.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef __XTENSA__
#include "board.h"
typedef double quad;
#define FUNCTION(name, arguments, ...) {#name, arguments, __VA_ARGS__, (void *)name, NULL}
#else
#include <dlfcn.h>
#if LDBL_MANT_DIG == 113
typedef long double quad;
#define QUAD(name) name##l
#else
#include <quadmath.h>
typedef __float128 quad;
#define QUAD(name) name##q
#endif
#define FUNCTION(name, arguments, ...) {#name, arguments, __VA_ARGS__, NULL, (void *)QUAD(name)}
#endif

/* Exponents of two, between which arguments lie, and whether some are negative. */
struct range {
  int least, most, is_signed;
};

struct function {
  const char *name;
  int arguments;
  struct range x, y;
  void *ours, *reference;
};

#define NONE {0, 0, 0}

static struct function functions[] = {
    FUNCTION(exp, 1, {-60, 9, 1}, NONE),
    FUNCTION(exp2, 1, {-60, 9, 1}, NONE),
    FUNCTION(expm1, 1, {-60, 9, 1}, NONE),
    FUNCTION(log, 1, {-1074, 1023, 0}, NONE),
    FUNCTION(log, 1, {-1, 1, 0}, NONE),
    FUNCTION(log2, 1, {-30, 30, 0}, NONE),
    FUNCTION(log10, 1, {-30, 30, 0}, NONE),
    FUNCTION(log1p, 1, {-60, 10, 1}, NONE),
    FUNCTION(pow, 2, {-40, 40, 0}, {-40, 4, 1}),
    FUNCTION(pow, 2, {-1, 0, 0}, {4, 16, 1}),
    FUNCTION(sin, 1, {-30, 1023, 1}, NONE),
    FUNCTION(sin, 1, {-4, 8, 1}, NONE),
    FUNCTION(cos, 1, {-30, 1023, 1}, NONE),
    FUNCTION(cos, 1, {-4, 8, 1}, NONE),
    FUNCTION(tan, 1, {-30, 1023, 1}, NONE),
    FUNCTION(tan, 1, {-4, 8, 1}, NONE),
    FUNCTION(asin, 1, {-30, -1, 1}, NONE),
    FUNCTION(acos, 1, {-30, -1, 1}, NONE),
    FUNCTION(atan, 1, {-10, 10, 1}, NONE),
    FUNCTION(atan2, 2, {-10, 10, 1}, {-10, 10, 1}),
    FUNCTION(atan2, 2, {-1074, 1023, 1}, {-1074, 1023, 1}),
    FUNCTION(sinh, 1, {-30, 9, 1}, NONE),
    FUNCTION(cosh, 1, {-30, 9, 1}, NONE),
    FUNCTION(tanh, 1, {-30, 5, 1}, NONE),
    FUNCTION(asinh, 1, {-30, 1023, 1}, NONE),
    FUNCTION(acosh, 1, {0, 60, 0}, NONE),
    FUNCTION(atanh, 1, {-30, -1, 1}, NONE),
    FUNCTION(cbrt, 1, {-1074, 1023, 1}, NONE),
    FUNCTION(hypot, 2, {-30, 30, 1}, {-30, 30, 1}),
    FUNCTION(hypot, 2, {-1074, 1023, 1}, {-1074, 1023, 1}),
    FUNCTION(erf, 1, {-30, 2, 1}, NONE),
    FUNCTION(erfc, 1, {-30, 4, 1}, NONE),
};

static const double special[] = {
    0.0,     -0.0,      INFINITY, -INFINITY, NAN,     1.0,     -1.0,  0.5,  -0.5, 2.0,     -2.0,
    3.0,     -3.0,      10.0,     1e300,     -1e300,  5e-324,  -5e-324, DBL_MIN, -DBL_MIN, DBL_MAX, -DBL_MAX,
    1e-10,   -1e-10,    709.79,   710.5,     -745.2,  1024.0,  -1075.0, 9007199254740991.0, -9007199254740993.0};

static uint64_t state;

static uint64_t next(void) {
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return state * 0x2545F4914F6CDD1Du;
}

/* Mostly any significand of the range; some have few bits, or are just above or below a power of two. */
static double argument(const struct range *range) {
  uint64_t bits = next(), fraction = bits & 0xFFFFFFFFFFFFF, kind = next() >> 32;
  int span = range->most - range->least + 1;
  int exponent = range->least + (int)((next() >> 32) % (unsigned)span);
  switch (kind & 31) {
    case 0: return special[(kind >> 8) % (sizeof special / sizeof *special)];
    case 1: fraction &= 0xFFFFF00000000; break;
    case 2: fraction >>= 30; break;
    case 3: fraction |= 0xFFFFFFFC00000; break;
  }
  double x = ldexp((double)(fraction | (uint64_t)1 << 52), exponent - 52);
  return range->is_signed && bits >> 63 ? -x : x;
}

static double value(const struct function *f, double x, double y) {
  return f->arguments == 1 ? ((double (*)(double))f->ours)(x) : ((double (*)(double, double))f->ours)(x, y);
}

struct error {
  double worst, x, y;
  long not_nearest, wrong;
};

#ifndef __XTENSA__
static void compare(struct error *error, const struct function *f, double x, double y, double result) {
  quad exact = f->arguments == 1 ? ((quad(*)(quad))f->reference)(x) : ((quad(*)(quad, quad))f->reference)(x, y);
  double nearest = (double)exact;
  int exponent;
  error->not_nearest += result != nearest && !isnan(nearest);
  if (isnan(nearest) || isinf(nearest) || nearest == 0 || isnan(result) || isinf(result)) {
    error->wrong += isnan(nearest) ? !isnan(result) : result != nearest || signbit(result) != signbit(nearest);
    return;
  }
  error->wrong += signbit(result) != signbit(nearest);
  frexp(nearest, &exponent);
  exponent = exponent - 53 < -1074 ? -1074 : exponent - 53;
  quad difference = exact < result ? result - exact : exact - result;
  /* Not as a double before it is a number of units: it may be below the smallest. */
  double units = (double)(difference * ldexp(1, -exponent / 2) * ldexp(1, -exponent - -exponent / 2));
  if (units > error->worst) *error = (struct error){units, x, y, error->not_nearest, error->wrong};
}
#endif

static void measure(const struct function *f, long count) {
  uint64_t hash = 14695981039346656037u;
  struct error error = {0};
  state = 88172645463325252u;
  for (long i = 0; i < count; i++) {
    double x = argument(&f->x), y = f->arguments == 1 ? 0 : argument(&f->y);
    double result = value(f, x, y);
    uint64_t bits;
    memcpy(&bits, &result, sizeof bits);
    /* Which of two numbers that are not numbers comes out is not laid down. */
    hash = (hash ^ (result != result ? 0 : bits)) * 1099511628211u;
#ifndef __XTENSA__
    compare(&error, f, x, y, result);
#endif
  }
  printf("%-6s %08lx%08lx", f->name, (unsigned long)(hash >> 32), (unsigned long)(hash & 0xFFFFFFFF));
#ifndef __XTENSA__
  printf(" %.4f %.2f %ld %a %a", error.worst, 1000.0 * (double)error.not_nearest / (double)count, error.wrong, error.x, error.y);
#endif
  printf("\n");
}

#ifdef __XTENSA__
int main(void) {
  long count = atol(board_boot_args());
#else
int main(int arguments, char **words) {
  long count = atol(words[1]);
  void *library = dlopen(words[arguments - 1], RTLD_NOW);
#endif
  for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
#ifndef __XTENSA__
    functions[i].ours = dlsym(library, functions[i].name);
#endif
    measure(&functions[i], count);
  }
  return 0;
}
