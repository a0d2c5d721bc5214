/* SPDX-License-Identifier: Apache-2.0 */
/* The runtime's custom operations are listed when marshalled data asks for some first, not when a program
   starts: so programs that read none do without those of big arrays. The linker makes calls of
   caml_find_custom_operations come here (--wrap). */

#define CAML_INTERNALS

#include <stdbool.h>

#include "caml/custom.h"

struct custom_operations *__real_caml_find_custom_operations(char *identifier);

struct custom_operations *__wrap_caml_find_custom_operations(char *identifier) {
  static bool listed;
  if (!listed) caml_init_custom_operations();
  listed = true;
  return __real_caml_find_custom_operations(identifier);
}
