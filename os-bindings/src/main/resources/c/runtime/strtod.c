/* SPDX-License-Identifier: Apache-2.0 */
/* strtod, in place of picolibc's: correctly rounded for any number of digits, decimal or hexadecimal, and not a number
   with what it says: all that the C libraries of hosts read. */

#include <ctype.h>
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define BASE 1000000000u
#define WORD_DIGITS 9

/* More digits than the 767 that can lie on the boundary between two doubles; what follows counts only
   as being there. */
#define WORDS 90

/* words[0 .. count - 1] * (10^9)^..: the words before point are the integer part. Inexact: there is
   something behind the last word. */
struct number {
  int point, count;
  bool inexact;
  uint32_t words[WORDS];
};

static const double exact_powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                      1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                      1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

static void drop_last(struct number *n) {
  if (n->words[--n->count] != 0) n->inexact = true;
}

static void insert_front(struct number *n, uint32_t word) {
  if (n->count == WORDS) drop_last(n);
  memmove(n->words + 1, n->words, (size_t)n->count * sizeof *n->words);
  n->words[0] = word;
  n->count++;
  n->point++;
}

static void trim_back(struct number *n) {
  while (n->count > 0 && n->words[n->count - 1] == 0) n->count--;
}

static void trim_front(struct number *n) {
  int zeros = 0;
  while (zeros < n->count && n->words[zeros] == 0) zeros++;
  n->count -= zeros;
  n->point -= zeros;
  memmove(n->words, n->words + zeros, (size_t)n->count * sizeof *n->words);
}

static void multiply(struct number *n, int shift) { /* by 2^shift, shift <= 29 */
  uint32_t carry = 0;
  for (int i = n->count - 1; i >= 0; i--) {
    uint64_t word = ((uint64_t)n->words[i] << shift) + carry;
    carry = (uint32_t)(word / BASE);
    n->words[i] = (uint32_t)(word - (uint64_t)carry * BASE);
  }
  if (carry != 0) insert_front(n, carry);
  trim_back(n);
}

static void divide(struct number *n, int shift) { /* by 2^shift, shift <= 9 */
  uint32_t carry = 0, unit = BASE >> shift, mask = (1u << shift) - 1;
  for (int i = 0; i < n->count; i++) {
    uint32_t word = n->words[i];
    n->words[i] = (word >> shift) + carry;
    carry = (word & mask) * unit;
  }
  trim_front(n);
  if (carry != 0) {
    if (n->count < WORDS) {
      n->words[n->count++] = carry;
    } else {
      n->inexact = true;
    }
  }
}

/* The integer part, of at most two words. */
static uint64_t integer_part(const struct number *n) {
  uint64_t result = 0;
  for (int i = 0; i < n->point; i++) {
    result = result * BASE + (i < n->count ? n->words[i] : 0);
  }
  return result;
}

static int bit_length(uint64_t x) {
  int length = 0;
  for (; x != 0; x >>= 1) length++;
  return length;
}

/* integer * 2^exponent, where bit 0 of the integer, which has more than 54 bits, is sticky. */
static double rounded(uint64_t integer, int exponent) {
  int drop = bit_length(integer) - 53;
  if (exponent + drop < -1074) drop = -1074 - exponent;
  if (drop > 63) return 0;
  uint64_t rest = integer & (((uint64_t)1 << drop) - 1), half = (uint64_t)1 << (drop - 1);
  uint64_t kept = integer >> drop;
  if (rest > half || (rest == half && (kept & 1))) kept++;
  exponent += drop;
  /* The hidden bit of a normal number adds one to the exponent field. */
  uint64_t bits = kept;
  if (kept >> 52) bits += (uint64_t)(exponent + 1074) << 52;
  double result;
  if (bits >> 52 >= 0x7FF) {
    errno = ERANGE;
    return __builtin_inf();
  }
  memcpy(&result, &bits, sizeof result);
  return result;
}

static double to_double(struct number *n) {
  int exponent = 0;
  trim_front(n);
  trim_back(n);
  if (n->count == 0) return 0;
  /* Not representable even roughly: 10^-360 and 10^360. */
  if (n->point < -40) {
    errno = ERANGE;
    return 0;
  }
  if (n->point > 40) {
    errno = ERANGE;
    return __builtin_inf();
  }
  while (n->point > 2) {
    divide(n, 9);
    exponent += 9;
  }
  uint64_t integer;
  while ((integer = integer_part(n)) >> 54 == 0) {
    int shift = 62 - bit_length(integer);
    if (shift > 29) shift = 29;
    multiply(n, shift);
    exponent -= shift;
  }
  if (n->count > n->point || n->inexact) integer |= 1;
  return rounded(integer, exponent);
}

/* Digits as they are read. */
struct digits {
  struct number number;
  uint64_t first;   /* the first digits as an integer, while there are no more than 15 */
  int read;         /* digits from the first that is not 0 */
  int after;        /* of all digits, those behind the point */
  bool any, past_point;
};

static void accept(struct digits *d, int digit, char *pending, int *size) {
  d->any = true;
  d->after += d->past_point;
  if (digit == 0 && d->read == 0) return;
  if (++d->read <= 15) d->first = d->first * 10 + (unsigned)digit;
  if (*size < WORDS * WORD_DIGITS - WORD_DIGITS) {
    pending[(*size)++] = (char)digit;
  } else {
    d->after--; /* it does not count as a digit of the integer the others form */
    d->number.inexact |= digit != 0;
  }
}

/* The digits, scaled by 10^exponent, as words aligned to the point. */
static void align(struct number *n, const char *digits, int size, int exponent) {
  /* Digits of the first word: so many that the last one ends at a word's end. */
  int end = exponent >= 0 ? exponent % WORD_DIGITS : (exponent % WORD_DIGITS + WORD_DIGITS) % WORD_DIGITS;
  int words_after = (exponent - end) / WORD_DIGITS; /* words of zeros behind the last, or < 0 */
  int total = size + end, position = (WORD_DIGITS - total % WORD_DIGITS) % WORD_DIGITS;
  uint32_t word = 0;
  for (int i = 0; i < total; i++) {
    word = word * 10 + (uint32_t)(i < size ? digits[i] : 0);
    if (++position == WORD_DIGITS) {
      n->words[n->count++] = word;
      word = 0;
      position = 0;
    }
  }
  n->point = n->count + words_after;
}

static int parse_exponent(const char **text) {
  const char *at = *text + 1;
  bool negative = *at == '-';
  int exponent = 0;
  if (*at == '-' || *at == '+') at++;
  if (!isdigit((unsigned char)*at)) return 0;
  for (; isdigit((unsigned char)*at); at++) {
    if (exponent < 100000000) exponent = exponent * 10 + (*at - '0');
  }
  *text = at;
  return negative ? -exponent : exponent;
}

static int hexadecimal_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  c |= 0x20;
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

#define LARGE 2000 /* an exponent beyond all numbers */

/* The digits behind 0x, of which there is at least one. */
static double hexadecimal(const char **text) {
  const char *at = *text;
  uint64_t integer = 0; /* 60 bits, of which the last is sticky */
  int exponent = 0, digit;
  bool past_point = false;
  for (; (digit = hexadecimal_digit(*at)) >= 0 || (*at == '.' && !past_point); at++) {
    if (*at == '.') {
      past_point = true;
    } else if (integer >> 56 == 0) {
      integer = integer << 4 | (unsigned)digit;
      exponent -= past_point ? 4 : 0;
    } else {
      integer |= digit != 0;
      exponent += past_point ? 0 : 4;
    }
  }
  if (*at == 'p' || *at == 'P') exponent += parse_exponent(&at);
  *text = at;
  if (integer == 0) return 0;
  if (exponent > LARGE) exponent = LARGE;
  for (; integer >> 56 == 0; integer <<= 4) exponent -= 4;
  return rounded(integer, exponent);
}

static bool special(const char **text, const char *word, double value, double *result) {
  if (strncasecmp(*text, word, strlen(word)) != 0) return false;
  *text += strlen(word);
  *result = value;
  return true;
}

/* What may stand behind nan, in parentheses: if it is an integer, the number's lower bits. */
static void payload(const char **text, double *result) {
  const char *end = *text + 1;
  char *number_end;
  if (**text != '(') return;
  while (isalnum((unsigned char)*end) || *end == '_') end++;
  if (*end != ')') return;
  uint64_t bits, number = strtoull(*text + 1, &number_end, 0);
  if (number_end == end) {
    memcpy(&bits, result, sizeof bits);
    bits |= number & 0x0007FFFFFFFFFFFFu;
    memcpy(result, &bits, sizeof bits);
  }
  *text = end + 1;
}

static bool unsigned_number(const char **text, double *result) {
  if (special(text, "infinity", __builtin_inf(), result)) return true;
  if (special(text, "inf", __builtin_inf(), result)) return true;
  if (special(text, "nan", __builtin_nan(""), result)) {
    payload(text, result);
    return true;
  }
  if ((*text)[0] == '0' && ((*text)[1] | 0x20) == 'x' &&
      hexadecimal_digit((*text)[(*text)[2] == '.' ? 3 : 2]) >= 0) {
    *text += 2;
    *result = hexadecimal(text);
    return true;
  }
  struct digits d = {0};
  char pending[WORDS * WORD_DIGITS];
  int size = 0;
  const char *at = *text;
  for (; isdigit((unsigned char)*at) || (*at == '.' && !d.past_point); at++) {
    if (*at == '.') {
      d.past_point = true;
    } else {
      accept(&d, *at - '0', pending, &size);
    }
  }
  if (!d.any) return false;
  int exponent = 0;
  if (*at == 'e' || *at == 'E') exponent = parse_exponent(&at);
  exponent -= d.after;
  *text = at;
  /* Both operands are exact, so the result is correctly rounded. */
  if (d.read <= 15 && exponent >= -22 && exponent <= 22) {
    *result = exponent < 0 ? (double)d.first / exact_powers[-exponent]
                           : (double)d.first * exact_powers[exponent];
    return true;
  }
  align(&d.number, pending, size, exponent);
  *result = to_double(&d.number);
  return true;
}

double strtod(const char *restrict text, char **restrict end) {
  const char *at = text;
  double result = 0;
  while (isspace((unsigned char)*at)) at++;
  bool negative = *at == '-';
  if (*at == '-' || *at == '+') at++;
  bool found = unsigned_number(&at, &result);
  if (end != NULL) *end = (char *)(found ? at : text);
  return negative && found ? -result : result;
}
