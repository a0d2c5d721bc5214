/* SPDX-License-Identifier: Apache-2.0 */
/* Formatting and reading of numbers. Built for the chip and for the host; both must print the same. */

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t state = 88172645463325252u;

static uint64_t next(void) {
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return state * 0x2545F4914F6CDD1Du;
}

static const char *const flags[] = {"", "-", "+", " ", "0", "+0", "-+", " 0"};

static void random_numbers(void) {
  char format[32], text[512];
  for (int i = 0; i < 300; i++) {
    uint64_t bits = next();
    double x;
    memcpy(&x, &bits, sizeof x);
    if (i % 3 == 0) x = (double)(int64_t)(bits >> bits % 64) / (double)(UINT64_C(1) << next() % 40);
    int precision = (int)(next() % 25), width = (int)(next() % 30);
    const char *flag = flags[next() % 8];
    snprintf(format, sizeof format, "%%%s%d.%d%c\n", flag, width, precision, "eEfFgG"[next() % 6]);
    printf(format, x);
    snprintf(format, sizeof format, "%%%s%dll%c\n", flag, width, "di"[next() % 2]);
    printf(format, (long long)bits >> bits % 64);
    snprintf(format, sizeof format, "%%#%d.%dll%c\n", width, precision, "oxX"[next() % 3]);
    printf(format, (unsigned long long)bits >> bits % 64);
    snprintf(text, sizeof text, "%.*e", precision, x);
    printf("%s = %.17g\n", text, strtod(text, NULL));
  }
}

static const char *const texts[] = {
    "",
    "-",
    ".",
    "1e",
    "1e+",
    "+1.x",
    "-.5",
    " 12 ",
    "1e400",
    "-1e400",
    "1e-400",
    "inf",
    "-Infinity",
    "nano",
    "00000000000000000001",
    "0.00000000000000000000001e24",
    "1e99999999999",
    "0e99999",
    "2.4703282292062327e-324", /* below half of the smallest number */
    "2.4703282292062328e-324", /* above */
    "2.2250738585072011e-308",
    "1.7976931348623158e308",
    "1.7976931348623159e308",
    "9007199254740993",  /* a tie: to even */
    "9007199254740995",  /* a tie: to even, upwards */
    "9007199254740993.00000000000000000000000000000000000000000000000000000000000000000000000000001",
    "179769313486231580793728971405303415079934132710037826936173778980444968292764750946649017977587"
    "207096330286416692887910946555547851940402630657488671505820681908902000708383676273854845817711"
    "531764475730270069855571366959622842914819860834936475292719074168444365510704342711559699508093"
    "042880"};

int main(void) {
  random_numbers();
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    char *end;
    double x = strtod(texts[i], &end);
    printf("%d %.17g\n", (int)(end - texts[i]), x);
  }
  printf("%5d|%-5d|%05d|%+d|% d|%x|%X|%#x|%o|%c|%5s|%-5s|%.2s|%%|%p\n", 42, 42, 42, 42, 42, 255, 255,
         255, 8, 'x', "ab", "ab", "abc", (void *)0x1234);
  printf("%hhd %hd %ld %lld %zu %jd %td %*d %-*d %.*f\n", (char)-1, (short)-2, -3L, -4LL, sizeof(char),
         (intmax_t)-5, (ptrdiff_t)-6, 6, 7, 6, 7, 3, 2.0005);
  char small[8];
  printf("%d ", snprintf(small, sizeof small, "%s", "too long for it"));
  printf("%s\n", small);
  printf("%.1100f\n", 5e-324);
  return 0;
}
