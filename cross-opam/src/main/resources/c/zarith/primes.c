/* SPDX-License-Identifier: Apache-2.0 */
/* Primes and symbols. After Baillie and Wagstaff, Lucas Pseudoprimes (1980), and Menezes, van Oorschot, Vanstone, Handbook of
   Applied Cryptography, 2.149 and 4.24. */

#include "modular.h"
#include "value.h"

/* n = 2^twos * odd, and n is not 0. */
static struct number odd_part(struct number n, int *twos) {
  *twos = 0;
  while (!(n.at[*twos / LIMB_BITS] >> *twos % LIMB_BITS & 1)) ++*twos;
  return z_shift_right(n, *twos);
}

/* Kronecker's symbol, which is Jacobi's for odd positive b: -1, 0 or 1. */
static int kronecker(struct number a, struct number b) {
  if (b.size == 0) return a.size == 1 && a.at[0] == 1;
  if (!z_is_odd(a) && !z_is_odd(b)) return 0;
  int result = a.negative && b.negative ? -1 : 1;
  b.negative = 0;
  int twos;
  b = odd_part(b, &twos);
  limb eighths = a.size > 0 ? a.at[0] & 7 : 0;
  if (twos % 2 != 0 && (eighths == 3 || eighths == 5)) result = -result;
  a = z_modulo(a, b);
  int mark = z_mark();
  while (a.size > 0) {
    a = odd_part(a, &twos);
    limb last = b.at[0] & 7;
    if (twos % 2 != 0 && (last == 3 || last == 5)) result = -result;
    if ((a.at[0] & 3) == 3 && (last & 3) == 3) result = -result;
    struct number rest = z_modulo(b, a);
    b = a;
    a = rest;
    Z_KEEP(mark, &a, &b);
  }
  return z_is_one(b) ? result : 0;
}

static value symbol(value v, value w) {
  int result = kronecker(z_copy(z_of_value(v)), z_copy(z_of_value(w)));
  z_release();
  return Val_int(result);
}

value ml_z_jacobi(value v, value w) { return symbol(v, w); }
value ml_z_legendre(value v, value w) { return symbol(v, w); }
value ml_z_kronecker(value v, value w) { return symbol(v, w); }

/* Whether n, odd and above 3, is a strong probable prime to the base. */
static int is_strong(struct number n, struct number base) {
  int mark = z_mark(), twos;
  struct number minus_one = z_subtract(n, z_of_limb(1));
  struct number odd = odd_part(minus_one, &twos);
  struct number x = z_power_modulo(base, odd, n);
  int start = z_mark();
  int result = z_is_one(x) || z_compare(x, minus_one) == 0;
  for (int i = 1; i < twos && !result; i++) {
    x = z_modulo(z_multiply(x, x), n);
    Z_KEEP(start, &x);
    result = z_compare(x, minus_one) == 0;
  }
  z_release_to(mark);
  return result;
}

/* Half of x modulo the odd n. */
static struct number half(struct number x, struct number n) {
  return z_shift_right(z_is_odd(x) ? z_add(x, n) : x, 1);
}

static struct number of_int(int x) {
  struct number a = z_of_limb((limb)(x < 0 ? -x : x));
  a.negative = x < 0;
  return a;
}

/* Lucas's sequences with P = 1, Q = (1 - d) / 4: U and V at (n + 1) / 2^s, then V at twice that, s times. */
static int is_strong_lucas(struct number n, int d) {
  int twos;
  struct number odd = odd_part(z_add(n, z_of_limb(1)), &twos);
  struct number q = z_modulo(of_int((1 - d) / 4), n), q_power = q;
  struct number u = z_of_limb(1), v = z_of_limb(1), discriminant = z_modulo(of_int(d), n);
  int mark = z_mark();
  for (int i = z_bits(odd) - 2; i >= 0; i--) {
    u = z_modulo(z_multiply(u, v), n);
    v = z_modulo(z_subtract(z_multiply(v, v), z_shift_left(q_power, 1)), n);
    q_power = z_modulo(z_multiply(q_power, q_power), n);
    if (odd.at[i / LIMB_BITS] >> i % LIMB_BITS & 1) {
      struct number next = half(z_modulo(z_add(u, v), n), n);
      v = half(z_modulo(z_add(z_multiply(discriminant, u), v), n), n);
      u = next;
      q_power = z_modulo(z_multiply(q_power, q), n);
    }
    Z_KEEP(mark, &u, &v, &q_power);
  }
  if (u.size == 0) return 1;
  for (int i = 0; i < twos; i++) {
    if (v.size == 0) return 1;
    v = z_modulo(z_subtract(z_multiply(v, v), z_shift_left(q_power, 1)), n);
    q_power = z_modulo(z_multiply(q_power, q_power), n);
    Z_KEEP(mark, &v, &q_power);
  }
  return 0;
}

/* Selfridge's choice of d: the first of 5, -7, 9, -11 ... whose symbol is -1; squares have none. */
static int is_lucas(struct number n) {
  int mark = z_mark(), result = 0;
  for (int i = 5; i < 1000; i += 2) {
    int d = i % 4 == 1 ? i : -i;
    int s = kronecker(of_int(d), n);
    if (s == -1) {
      result = is_strong_lucas(n, d);
      break;
    }
    if (s == 0 && z_compare(z_of_limb((limb)i), n) < 0) break;
  }
  z_release_to(mark);
  return result;
}

/* Exact below 2^32: trial division. */
static int is_small_prime(limb n) {
  if (n < 2 || (n % 2 == 0 && n != 2)) return 0;
  for (limb d = 3; d <= n / d; d += 2) {
    if (n % d == 0) return 0;
  }
  return 1;
}

enum answer { COMPOSITE = 0, PROBABLY_PRIME = 1, PRIME = 2 };

enum { CERTAIN = 1000000, CERTAIN_BITS = 50, BASES_INCLUDED = 24, TRIALS = 256 };

static int has_small_factor(struct number n) {
  limb *quotient = z_take(n.size);
  for (limb d = 3; d < TRIALS; d += 2) {
    if (limbs_divide_by_limb(quotient, n.at, n.size, d) == 0) return 1;
  }
  return 0;
}

/* Bases for more rounds: any will do that the number's maker did not choose. */
static limb next_base(limb *state) {
  *state ^= *state << 13;
  *state ^= *state >> 17;
  *state ^= *state << 5;
  return *state | 4;
}

/* The tests of Baillie, Pomerance, Selfridge and Wagstaff, which no composite below 2^64 passes; Miller's and Rabin's beyond 24 rounds. */
static enum answer is_prime(struct number n, int rounds) {
  int mark = z_mark();
  n.negative = 0;
  if (n.size == 0) return COMPOSITE;
  if (n.size == 1 && n.at[0] <= CERTAIN) return is_small_prime(n.at[0]) ? PRIME : COMPOSITE;
  int prime = z_is_odd(n) && !has_small_factor(n) && is_strong(n, z_of_limb(2)) && is_lucas(n);
  limb state = n.at[0] ^ n.at[n.size - 1] << 7 ^ 0x9e3779b9;
  for (int i = BASES_INCLUDED; i < rounds && prime; i++) {
    prime = is_strong(n, z_modulo(z_of_limb(next_base(&state)), n));
  }
  z_release_to(mark);
  return !prime ? COMPOSITE : z_bits(n) <= CERTAIN_BITS ? PRIME : PROBABLY_PRIME;
}

value ml_z_probab_prime(value v, value rounds) {
  enum answer answer = is_prime(z_copy(z_of_value(v)), Int_val(rounds));
  z_release();
  return Val_int(answer);
}

value ml_z_nextprime(value v) {
  struct number n = z_copy(z_of_value(v));
  if (n.negative || n.size == 0 || z_is_one(n)) return z_result(z_of_limb(2));
  struct number two = z_of_limb(2);
  n = z_add(n, z_is_odd(n) ? two : z_of_limb(1));
  int mark = z_mark();
  while (is_prime(n, BASES_INCLUDED) == COMPOSITE) {
    n = z_add(n, two);
    Z_KEEP(mark, &n);
  }
  return z_result(n);
}
