/* SPDX-License-Identifier: Apache-2.0 */
/* In place of OCaml's dynlink.c: what only a program in a file can do. */

#define CAML_INTERNALS

#include "caml/alloc.h"
#include "caml/fail.h"
#include "caml/mlvalues.h"

static value no_dynamic_linking(void) {
  caml_failwith("dynamic linking is not available in a unikernel");
}

value caml_dynlink_open_lib(value mode, value name) { return no_dynamic_linking(); }
value caml_dynlink_close_lib(value handle) { return no_dynamic_linking(); }
value caml_dynlink_lookup_symbol(value handle, value name) { return no_dynamic_linking(); }
value caml_dynlink_add_primitive(value handle) { return no_dynamic_linking(); }
value caml_dynlink_get_current_libs(value unit) { return Atom(0); }
