(* SPDX-License-Identifier: Apache-2.0 *)

type t = int

let of_ns ns = Int64.to_int (Int64.div ns 1_000_000L)
let add t ms = t + ms
let since t ~now = now - t
let never = min_int
let is_set t = t <> never

let deadline ~now ms =
  let t = now + ms in
  if t = never then t + 1 else t

let is_due t ~now = t <> never && now - t >= 0

let earliest ~now a b =
  if a = never then b else if b = never then a else if a - now <= b - now then a else b

let day = 86_400_000
