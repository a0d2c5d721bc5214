/* SPDX-License-Identifier: Apache-2.0 */
/* What Base asks the runtime about the last exception, and whether its own tests run. */

#define CAML_INTERNALS
#define CAML_NAME_SPACE
#include <caml/domain.h>
#include <caml/mlvalues.h>

value Base_clear_caml_backtrace_pos(value unit) {
  Caml_state->backtrace_pos = 0;
  return unit;
}

value Base_caml_exn_is_most_recent_exn(value exception) {
  return Val_bool(Caml_state->backtrace_last_exn == exception);
}

value Base_am_testing(value unit) {
  (void)unit;
  return Val_false;
}
