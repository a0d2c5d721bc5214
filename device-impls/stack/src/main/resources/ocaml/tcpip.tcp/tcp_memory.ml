(* SPDX-License-Identifier: Apache-2.0 *)

type t = { mutable kept : int }

let create () = { kept = 0 }
let left t = Tcp_limits.memory - t.kept
let share t ~own ~most = Int.max Tcp_limits.assured (Int.min most ((left t + own) / 2))
let change t bytes = t.kept <- t.kept + bytes
