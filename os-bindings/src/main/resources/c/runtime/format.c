/* SPDX-License-Identifier: Apache-2.0 */
/* The printf family, in place of picolibc's: exact for every double and every precision, as hosts'
   are, and a third of its size. Conversions: d i u o x X c s p e E f F g G %; flags - + space # 0;
   width and precision, also *; lengths hh h l ll j z t. */

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "decimal.h"

/* Where characters go: to memory up to end, and to a file if there is one. All are counted. */
struct sink {
  char *at, *end;
  FILE *file;
  int count;
};

struct conversion {
  bool left, plus, space, alternate, zero;
  int width, precision; /* precision -1: none given */
};

static void put(struct sink *to, char c) {
  if (to->file != NULL) {
    fputc(c, to->file);
  } else if (to->at < to->end) {
    *to->at++ = c;
  }
  to->count++;
}

static void put_all(struct sink *to, const char *text, int size) {
  for (int i = 0; i < size; i++) put(to, text[i]);
}

static void fill(struct sink *to, char c, int count) {
  for (; count > 0; count--) put(to, c);
}

/* What precedes a field of size characters with such a sign or prefix; zeros stand behind it. */
static void open_field(struct sink *to, const struct conversion *c, const char *prefix, int size) {
  int blanks = c->width - (int)strlen(prefix) - size;
  if (!c->left && !c->zero) fill(to, ' ', blanks);
  put_all(to, prefix, (int)strlen(prefix));
  if (!c->left && c->zero) fill(to, '0', blanks);
}

static void close_field(struct sink *to, const struct conversion *c, const char *prefix, int size) {
  if (c->left) fill(to, ' ', c->width - (int)strlen(prefix) - size);
}

static const char *sign(const struct conversion *c, bool negative) {
  return negative ? "-" : c->plus ? "+" : c->space ? " " : "";
}

static void put_text(struct sink *to, struct conversion *c, const char *text, int size) {
  c->zero = false;
  open_field(to, c, "", size);
  put_all(to, text, size);
  close_field(to, c, "", size);
}

static void put_integer(struct sink *to, struct conversion *c, const char *prefix, uint64_t n,
                        unsigned base, char ten) {
  char digits[24];
  int count = 0;
  for (; n != 0; n = n >> 32 ? n / base : (uint32_t)n / base) {
    unsigned digit = n >> 32 ? (unsigned)(n % base) : (uint32_t)n % base;
    digits[count++] = (char)(digit < 10 ? '0' + digit : ten + digit - 10);
  }
  if (c->precision >= 0) c->zero = false;
  int least = c->precision >= 0 ? c->precision : 1;
  if (base == 8 && c->alternate && least <= count) least = count + 1;
  int size = count > least ? count : least;
  open_field(to, c, prefix, size);
  fill(to, '0', least - count);
  while (count > 0) put(to, digits[--count]);
  close_field(to, c, prefix, size);
}

/* ---- Floating point ---- */

static void put_digits(struct sink *to, const struct decimal *d, int from, int count) {
  for (int i = 0; i < count; i++) put(to, (char)('0' + decimal_digit(d, from + i)));
}

static void put_fixed(struct sink *to, struct conversion *c, const char *prefix,
                      const struct decimal *d, int precision) {
  int point = d->point * DECIMAL_DIGITS, first = decimal_first(d);
  int before = first < point ? point - first : 1;
  int size = before + precision + (precision > 0 || c->alternate);
  open_field(to, c, prefix, size);
  put_digits(to, d, point - before, before);
  if (precision > 0 || c->alternate) put(to, '.');
  put_digits(to, d, point, precision);
  close_field(to, c, prefix, size);
}

static void put_scientific(struct sink *to, struct conversion *c, const char *prefix,
                           const struct decimal *d, int precision, int exponent, char letter) {
  int first = decimal_first(d), magnitude = exponent < 0 ? -exponent : exponent;
  int size = 1 + precision + (precision > 0 || c->alternate) + (magnitude >= 100 ? 5 : 4);
  open_field(to, c, prefix, size);
  put_digits(to, d, first, 1);
  if (precision > 0 || c->alternate) put(to, '.');
  put_digits(to, d, first + 1, precision);
  put(to, letter);
  put(to, exponent < 0 ? '-' : '+');
  if (magnitude >= 100) put(to, (char)('0' + magnitude / 100));
  put(to, (char)('0' + magnitude / 10 % 10));
  put(to, (char)('0' + magnitude % 10));
  close_field(to, c, prefix, size);
}

/* The power of ten of the first digit, 0 for zero. */
static int exponent_of(const struct decimal *d, double x) {
  return x == 0 ? 0 : d->point * DECIMAL_DIGITS - 1 - decimal_first(d);
}

static void put_general(struct sink *to, struct conversion *c, const char *prefix, double x,
                        struct decimal *d, int precision, char letter) {
  int digits = precision > 0 ? precision : 1;
  decimal_round(d, decimal_first(d) + digits);
  int exponent = exponent_of(d, x);
  bool scientific = exponent < -4 || exponent >= digits;
  precision = scientific ? digits - 1 : digits - 1 - exponent;
  if (!c->alternate) { /* without zeros at the end */
    int last = (scientific ? decimal_first(d) + 1 : d->point * DECIMAL_DIGITS) + precision - 1;
    for (; precision > 0 && decimal_digit(d, last) == 0; last--) precision--;
  }
  if (scientific) {
    put_scientific(to, c, prefix, d, precision, exponent, letter);
  } else {
    put_fixed(to, c, prefix, d, precision);
  }
}

static void put_double(struct sink *to, struct conversion *c, double x, char letter) {
  struct decimal d;
  bool upper = letter < 'a';
  const char *prefix = sign(c, __builtin_signbit(x));
  int precision = c->precision >= 0 ? c->precision : 6;
  if (__builtin_isnan(x) || __builtin_isinf(x)) {
    const char *name = __builtin_isnan(x) ? upper ? "NAN" : "nan" : upper ? "INF" : "inf";
    c->zero = false;
    open_field(to, c, prefix, 3);
    put_all(to, name, 3);
    close_field(to, c, prefix, 3);
    return;
  }
  decimal_of_double(&d, __builtin_fabs(x));
  switch (letter | 0x20) {
    case 'f':
      decimal_round(&d, d.point * DECIMAL_DIGITS + precision);
      put_fixed(to, c, prefix, &d, precision);
      break;
    case 'e':
      decimal_round(&d, decimal_first(&d) + precision + 1);
      put_scientific(to, c, prefix, &d, precision, exponent_of(&d, x), letter);
      break;
    default:
      put_general(to, c, prefix, x, &d, precision, (char)(letter - ('g' - 'e')));
      break;
  }
}

/* ---- The format ---- */

enum length { CHAR, SHORT, INT, LONG, LONG_LONG };

static enum length parse_length(const char **format) {
  switch (*(*format)++) {
    case 'h':
      if (**format != 'h') return SHORT;
      ++*format;
      return CHAR;
    case 'l':
      if (**format != 'l') return LONG;
      ++*format;
      return LONG_LONG;
    case 'j': return LONG_LONG;
    case 'z':
    case 't': return LONG;
    default: --*format; return INT;
  }
}

static int parse_number(const char **format) {
  int n = 0;
  for (; **format >= '0' && **format <= '9'; ++*format) {
    if (n < INT_MAX / 16) n = n * 10 + (**format - '0');
  }
  return n;
}

static void parse_flags(const char **format, struct conversion *c) {
  for (;; ++*format) {
    switch (**format) {
      case '-': c->left = true; break;
      case '+': c->plus = true; break;
      case ' ': c->space = true; break;
      case '#': c->alternate = true; break;
      case '0': c->zero = true; break;
      default: return;
    }
  }
}

#define SIGNED_ARGUMENT(length, list)                                         \
  ((length) == LONG_LONG ? va_arg(list, long long)                            \
   : (length) == LONG    ? va_arg(list, long)                                 \
   : (length) == SHORT   ? (short)va_arg(list, int)                           \
   : (length) == CHAR    ? (signed char)va_arg(list, int)                     \
                         : va_arg(list, int))
#define UNSIGNED_ARGUMENT(length, list)                                       \
  ((length) == LONG_LONG ? va_arg(list, unsigned long long)                   \
   : (length) == LONG    ? va_arg(list, unsigned long)                        \
   : (length) == SHORT   ? (unsigned short)va_arg(list, unsigned)             \
   : (length) == CHAR    ? (unsigned char)va_arg(list, unsigned)              \
                         : va_arg(list, unsigned))

static void put_signed(struct sink *to, struct conversion *c, long long n) {
  put_integer(to, c, sign(c, n < 0), n < 0 ? -(uint64_t)n : (uint64_t)n, 10, 'a');
}

static void put_hexadecimal(struct sink *to, struct conversion *c, uint64_t n, bool upper) {
  const char *prefix = !c->alternate || n == 0 ? "" : upper ? "0X" : "0x";
  put_integer(to, c, prefix, n, 16, upper ? 'A' : 'a');
}

static void put_string(struct sink *to, struct conversion *c, const char *text) {
  if (text == NULL) text = "(null)";
  size_t size = c->precision >= 0 ? strnlen(text, (size_t)c->precision) : strlen(text);
  put_text(to, c, text, (int)size);
}

static int format_all(struct sink *to, const char *format, va_list list) {
  while (*format) {
    if (*format != '%') {
      put(to, *format++);
      continue;
    }
    format++;
    struct conversion c = {.precision = -1};
    parse_flags(&format, &c);
    if (*format == '*') {
      format++;
      c.width = va_arg(list, int);
      if (c.width < 0) {
        c.left = true;
        c.width = -c.width;
      }
    } else {
      c.width = parse_number(&format);
    }
    if (*format == '.') {
      format++;
      if (*format == '*') {
        format++;
        c.precision = va_arg(list, int);
      } else {
        c.precision = parse_number(&format);
      }
    }
    enum length length = parse_length(&format);
    char letter = *format++;
    switch (letter) {
      case 'd':
      case 'i': put_signed(to, &c, SIGNED_ARGUMENT(length, list)); break;
      case 'u': put_integer(to, &c, "", UNSIGNED_ARGUMENT(length, list), 10, 'a'); break;
      case 'o': put_integer(to, &c, "", UNSIGNED_ARGUMENT(length, list), 8, 'a'); break;
      case 'x':
      case 'X': put_hexadecimal(to, &c, UNSIGNED_ARGUMENT(length, list), letter == 'X'); break;
      case 'p': put_integer(to, &c, "0x", (uintptr_t)va_arg(list, void *), 16, 'a'); break;
      case 'c': {
        char character = (char)va_arg(list, int);
        put_text(to, &c, &character, 1);
        break;
      }
      case 's': put_string(to, &c, va_arg(list, const char *)); break;
      case 'e':
      case 'E':
      case 'f':
      case 'F':
      case 'g':
      case 'G': put_double(to, &c, va_arg(list, double), letter); break;
      case 0: format--; break;
      default: put(to, letter); break; /* %% and what is not a conversion */
    }
  }
  return to->count;
}

int vsnprintf(char *buffer, size_t size, const char *format, va_list list) {
  struct sink to = {.at = buffer, .end = size > 0 ? buffer + size - 1 : buffer};
  int count = format_all(&to, format, list);
  if (size > 0) *to.at = 0;
  return count;
}

int snprintf(char *buffer, size_t size, const char *format, ...) {
  va_list list;
  va_start(list, format);
  int count = vsnprintf(buffer, size, format, list);
  va_end(list);
  return count;
}

int sprintf(char *buffer, const char *format, ...) {
  va_list list;
  va_start(list, format);
  int count = vsnprintf(buffer, INT_MAX, format, list);
  va_end(list);
  return count;
}

int vfprintf(FILE *file, const char *format, va_list list) {
  struct sink to = {.file = file};
  return format_all(&to, format, list);
}

int fprintf(FILE *file, const char *format, ...) {
  va_list list;
  va_start(list, format);
  int count = vfprintf(file, format, list);
  va_end(list);
  return count;
}

int printf(const char *format, ...) {
  va_list list;
  va_start(list, format);
  int count = vfprintf(stdout, format, list);
  va_end(list);
  return count;
}
