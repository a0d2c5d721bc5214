// SPDX-License-Identifier: Apache-2.0

// The primitives of the OCaml library ptime.clock.os, on the board's clock.

#include <caml/alloc.h>
#include <caml/memory.h>
#include <caml/mlvalues.h>

#include "board.h"

#define NS_PER_DAY (86400 * INT64_C(1000000000))

// Days since 1970-01-01 and picoseconds of that day.
value ocaml_ptime_clock_now_d_ps(value unit) {
  CAMLparam1(unit);
  CAMLlocal2(ps, pair);
  int64_t now = board_wall_ns();
  int64_t day = now / NS_PER_DAY;
  int64_t rest = now % NS_PER_DAY;
  if (rest < 0) {
    day -= 1;
    rest += NS_PER_DAY;
  }
  ps = caml_copy_int64(rest * 1000);
  pair = caml_alloc_tuple(2);
  Store_field(pair, 0, Val_long(day));
  Store_field(pair, 1, ps);
  CAMLreturn(pair);
}

// Nobody says how often the clock changes, nor in which time zone the chip is: None.

value ocaml_ptime_clock_period_d_ps(value unit) {
  (void)unit;
  return Val_int(0);
}

value ocaml_ptime_clock_current_tz_offset_s(value unit) {
  (void)unit;
  return Val_int(0);
}
