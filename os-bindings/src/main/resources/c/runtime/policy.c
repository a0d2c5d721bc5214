/* SPDX-License-Identifier: Apache-2.0 */
/* Gc.set asks for an allocation policy with all else it sets, and OCaml's runtime goes through the whole heap twice and compacts it
   to change from one to another. Here there is best fit alone (promote.c): whatever is asked for, it is that one already. A
   unikernel's main asks for next fit before anything else is done. */

#define CAML_INTERNALS

#include "caml/gc.h"
#include "caml/mlvalues.h"

#define FIELDS 11 /* of Gc.control, integers all */
#define POLICY 6
#define BEST_FIT 2

#undef caml_gc_set
value caml_gc_set_anyway(value control);

value caml_gc_set(value control) {
  struct {
    header_t header;
    value fields[FIELDS];
  } copy;
  mlsize_t count = Wosize_val(control) < FIELDS ? Wosize_val(control) : FIELDS;
  copy.header = Make_header(count, 0, Caml_black);
  for (mlsize_t i = 0; i < count; i++) copy.fields[i] = Field(control, i);
  if (count > POLICY) copy.fields[POLICY] = Val_long(BEST_FIT);
  return caml_gc_set_anyway((value)copy.fields);
}
