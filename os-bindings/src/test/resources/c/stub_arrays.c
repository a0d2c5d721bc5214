/* SPDX-License-Identifier: Apache-2.0 */
/* Of a library: makes big arrays as OCaml's manual says. */

#include "caml/bigarray.h"
#include "caml/mlvalues.h"

value stub_make(value size) {
  intnat sizes[] = {Long_val(size)};
  return caml_ba_alloc(CAML_BA_CHAR | CAML_BA_C_LAYOUT, 1, NULL, sizes);
}

value stub_make_square(value size) {
  return caml_ba_alloc_dims(CAML_BA_CHAR | CAML_BA_C_LAYOUT, 2, NULL, Long_val(size), Long_val(size));
}
