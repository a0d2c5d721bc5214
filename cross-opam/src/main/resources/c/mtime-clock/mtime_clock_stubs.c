// SPDX-License-Identifier: Apache-2.0

// The primitives of the OCaml library mtime.clock.os, on the board's clock.

#include <caml/alloc.h>
#include <caml/mlvalues.h>

#include "board.h"

value ocaml_mtime_clock_now_ns(value unit) {
  (void)unit;
  return caml_copy_int64(board_monotonic_ns());
}

// The board counts from the start of the program already.
value ocaml_mtime_clock_elapsed_ns(value unit) { return ocaml_mtime_clock_now_ns(unit); }

// Nobody says how often the clock changes: None.
value ocaml_mtime_clock_period_ns(value unit) {
  (void)unit;
  return Val_int(0);
}
