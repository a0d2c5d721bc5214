(* SPDX-License-Identifier: Apache-2.0 *)

type t = { mutable kept : int }

let create () = { kept = 0 }
let left t = Tcp_limits.memory - t.kept
let space t ~queued ~most = Int.max 0 (Int.max (Tcp_limits.assured - queued) (Int.min (most - queued) (left t)))
let has t bytes = bytes <= left t
let change t bytes = t.kept <- t.kept + bytes
