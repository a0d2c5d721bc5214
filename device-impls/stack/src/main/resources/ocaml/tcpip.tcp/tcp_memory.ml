(* SPDX-License-Identifier: Apache-2.0 *)

type t = {
  mutable kept : int;
  mutable waiting : int;
  mutable turns : int;  (** taken, and not over *)
  mutable most_turns : int;  (** at a time where there is no room *)
  mutable turn_at : Tcp_time.t;  (** the last one; the first began to wait *)
}

let create () = { kept = 0; waiting = 0; turns = 0; most_turns = Tcp_limits.turns; turn_at = Tcp_time.never }
let left t = Tcp_limits.memory - t.kept

let share t ~own ~most =
  let half = (left t + own) / 2 in
  if half >= Tcp_limits.segment && t.waiting = 0 then Int.min most half else own

let first t = if 2 * left t >= Tcp_limits.memory then 4 * Tcp_limits.segment else Tcp_limits.assured

let change t bytes = t.kept <- t.kept + bytes
let has_turn t = t.waiting > 0 && (t.turns < t.most_turns || left t >= Tcp_limits.segment)

let waits t ~now =
  if t.waiting = 0 then t.turn_at <- now;
  t.waiting <- t.waiting + 1

let leaves t = t.waiting <- t.waiting - 1

let takes_turn t ~now =
  t.turn_at <- now;
  t.turns <- t.turns + 1

let ends_turn t =
  t.turns <- t.turns - 1;
  if t.turns < Tcp_limits.turns then t.most_turns <- Tcp_limits.turns

let one_more_turn t =
  let more = t.most_turns < 4 * Tcp_limits.turns in
  if more then t.most_turns <- t.most_turns + 1;
  more

let is_stuck t ~now = t.waiting > 0 && Tcp_time.since t.turn_at ~now > Tcp_limits.stuck
