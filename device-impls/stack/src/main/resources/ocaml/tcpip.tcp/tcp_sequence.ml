(* SPDX-License-Identifier: Apache-2.0 *)

type t = int32

let of_int32 t = t
let to_int32 t = t
let add t n = Int32.add t (Int32.of_int n)
let equal a b = Int32.compare a b = 0
let lt a b = Int32.compare (Int32.sub a b) 0l < 0
let gt a b = lt b a
let leq a b = not (lt b a)
let geq a b = not (lt a b)
let max a b = if lt a b then b else a
let min a b = if lt a b then a else b
let far = 0x3fffffffl

let diff a b =
  let d = Int32.sub a b in
  if Int32.compare d far > 0 then Int32.to_int far
  else if Int32.compare d (Int32.neg far) < 0 then Int32.to_int (Int32.neg far)
  else Int32.to_int d

let pp ppf t = Format.fprintf ppf "%lu" t
