(* SPDX-License-Identifier: Apache-2.0 *)

let ns_per_day = 86_400_000_000_000L

(* What the board's own clock lacks, in nanoseconds. *)
let correction = ref 0L
let now_ns () = Int64.add (Mirage_board.wall_ns ()) !correction
let set_ns ns = correction := Int64.sub ns (Mirage_board.wall_ns ())

(* Floor division: a clock set before 1970 has negative days, never negative picoseconds. *)
let now_d_ps () =
  let ns = now_ns () in
  let rest = Int64.rem ns ns_per_day in
  let rest = if Int64.compare rest 0L < 0 then Int64.add rest ns_per_day else rest in
  let days = Int64.div (Int64.sub ns rest) ns_per_day in
  (Int64.to_int days, Int64.mul rest 1000L)

let current_tz_offset_s () = Some 0
let period_d_ps () = None
