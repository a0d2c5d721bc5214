// SPDX-License-Identifier: Apache-2.0
// For OCaml: an operation on numbers of so many words, bytes with the lowest first.

#include <stdint.h>
#include <string.h>

#include <caml/alloc.h>
#include <caml/memory.h>
#include <caml/mlvalues.h>

typedef void operation(char which, uint32_t *r, const uint32_t *a, const uint32_t *b);
operation p224_operation, np224_operation, p256_operation, np256_operation, p384_operation, np384_operation,
    p521_operation, np521_operation;

static const struct {
  const char *name;
  operation *run;
} primes[] = {
    {"p224", p224_operation}, {"np224", np224_operation}, {"p256", p256_operation}, {"np256", np256_operation},
    {"p384", p384_operation}, {"np384", np384_operation}, {"p521", p521_operation}, {"np521", np521_operation},
};

value field_operation(value prime, value which, value a, value b) {
  CAMLparam4(prime, which, a, b);
  uint32_t x[17], y[17], z[17];
  size_t size = caml_string_length(a);
  memcpy(x, String_val(a), size);
  memcpy(y, String_val(b), size);
  for (unsigned i = 0; i < sizeof primes / sizeof primes[0]; i++) {
    if (strcmp(primes[i].name, String_val(prime)) == 0) primes[i].run(Int_val(which), z, x, y);
  }
  CAMLreturn(caml_alloc_initialized_string(size, (const char *)z));
}
