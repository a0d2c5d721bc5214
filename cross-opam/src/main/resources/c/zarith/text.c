/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers as text. */

#include <string.h>

#define CAML_INTERNALS
#include <caml/alloc.h>
#include <caml/memory.h>

#include "value.h"

/* How many digits of the base a limb holds, and base ^ digits. */
static int digits_in_limb(int base, limb *power) {
  int digits = 0;
  uint64_t all = 1;
  while (all * (uint64_t)base <= 0xffffffff) {
    all *= (uint64_t)base;
    digits++;
  }
  *power = (limb)all;
  return digits;
}

static int digit_of(char c) {
  return c >= '0' && c <= '9'   ? c - '0'
         : c >= 'a' && c <= 'f' ? c - 'a' + 10
         : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                : 16;
}

/* The base that "0x" and the like say; *text is moved behind it. */
static int prefix(const char **text) {
  if ((*text)[0] == '0') {
    switch ((*text)[1]) {
      case 'o': case 'O': *text += 2; return 8;
      case 'x': case 'X': *text += 2; return 16;
      case 'b': case 'B': *text += 2; return 2;
      default: break;
    }
  }
  return 10;
}

static struct number digits(const char *text, const char *end, int base) {
  limb power;
  int each = digits_in_limb(base, &power);
  limb *at = z_take((int)(end - text) / each + 2);
  int size = 0;
  while (text < end) {
    limb digits = 0, factor = 1;
    for (int n = 0; n < each && text < end; text++) {
      if (*text == '_') continue;
      int digit = digit_of(*text);
      if (digit >= base) z_invalid_argument("Z.of_substring_base: invalid digit");
      digits = digits * (limb)base + (limb)digit;
      factor *= (limb)base;
      n++;
    }
    limb over = limbs_multiply_by_limb(at, at, size, factor, digits);
    if (over > 0) at[size++] = over;
  }
  return z_make(at, size, 0);
}

/* Signs, prefixes and zeros may be all there is: "", "-" and "0x" are 0. */
value ml_z_of_substring_base(value base, value string, value offset, value length) {
  intnat from = Long_val(offset), count = Long_val(length), b = Long_val(base);
  if (from < 0 || count < 0 || (intnat)caml_string_length(string) < from + count) {
    z_invalid_argument("Z.of_substring_base: invalid offset or length");
  }
  const char *text = String_val(string) + from, *end = text + count;
  int negative = *text == '-';
  if (negative) text++;
  if (*text == '+') text++;
  if (b == 0) b = prefix(&text);
  if (b < 2 || b > 16) z_invalid_argument("Z.of_substring_base: base must be between 2 and 16");
  if (*text == '_') z_invalid_argument("Z.of_substring_base: invalid digit");
  while (*text == '0' || *text == '_') text++;
  struct number a = digits(text, end, (int)b);
  return z_result(negative ? z_negate(a) : a);
}

/* Writes digits in front of `end`; returns where they begin. */
static char *write_digits(char *end, struct number a, int base, const char *letters) {
  limb power;
  int each = digits_in_limb(base, &power);
  a = z_copy(a);
  while (a.size > 0) {
    limb rest = limbs_divide_by_limb(a.at, a.at, a.size, power);
    a.size = limbs_trimmed(a.at, a.size);
    for (int i = 0; i < each && (a.size > 0 || rest > 0); i++) {
      *--end = letters[rest % (limb)base];
      rest /= (limb)base;
    }
  }
  return end;
}

struct format {
  int alternative, left, zeros, width, base, upper;
  char sign;
};

static struct format parse(const char *text) {
  struct format f = {0, 0, 0, 0, 10, 0, 0};
  while (*text == '%') text++;
  for (;; text++) {
    if (*text == '#') f.alternative = 1;
    else if (*text == '0') f.zeros = 1;
    else if (*text == '-') f.left = 1;
    else if (*text == ' ' || *text == '+') f.sign = *text;
    else break;
  }
  for (; *text >= '0' && *text <= '9'; text++) f.width = 10 * f.width + *text - '0';
  switch (*text) {
    case 'i': case 'd': case 'u': break;
    case 'b': f.base = 2; break;
    case 'o': f.base = 8; break;
    case 'X': f.upper = 1; /* fallthrough */
    case 'x': f.base = 16; break;
    default: z_invalid_argument("Z.format: invalid format");
  }
  return f;
}

/* "-0x" and the like; at most three characters. */
static int write_prefix(char *to, struct format f, int negative) {
  int n = 0;
  if (negative || f.sign != 0) to[n++] = negative ? '-' : f.sign;
  if (f.alternative && f.base != 10) {
    to[n++] = '0';
    to[n++] = f.base == 2 ? 'b' : f.base == 8 ? 'o' : f.upper ? 'X' : 'x';
  }
  return n;
}

/* Characters: prefix and digits, filled up to the width. */
value ml_z_format(value format, value v) {
  struct format f = parse(String_val(format));
  struct number a = z_of_value(v);
  int room = z_bits(a) + 1;
  char *end = (char *)z_take(room / (int)sizeof(limb) + 1) + room;
  char *start = write_digits(
      end, a, f.base, f.upper ? "0123456789ABCDEF" : "0123456789abcdef");
  if (start == end) *--start = '0';
  char before[3];
  int prefix = write_prefix(before, f, a.negative), digits = (int)(end - start);
  int fill = f.width > prefix + digits ? f.width - prefix - digits : 0;
  value string = caml_alloc_string((mlsize_t)(prefix + digits + fill));
  char *to = (char *)Bytes_val(string);
  int zeros = f.zeros && !f.left;
  if (!f.left && !zeros) to = (char *)memset(to, ' ', (size_t)fill) + fill;
  to = (char *)memcpy(to, before, (size_t)prefix) + prefix;
  if (zeros) to = (char *)memset(to, '0', (size_t)fill) + fill;
  to = (char *)memcpy(to, start, (size_t)digits) + digits;
  if (f.left) memset(to, ' ', (size_t)fill);
  z_release();
  return string;
}
