(* SPDX-License-Identifier: Apache-2.0 *)
(* allocation and GC *)
type t = Empty | Node of t * t
let rec make d = if d = 0 then Node (Empty, Empty) else let d = d - 1 in Node (make d, make d)
let rec check = function Empty -> 0 | Node (l, r) -> 1 + check l + check r
let min_depth = 4
let max_depth = 10
let () =
  let s = ref (check (make (max_depth + 1))) in
  let long_lived = make max_depth in
  let d = ref min_depth in
  while !d <= max_depth do
    let niter = 1 lsl (max_depth - !d + min_depth) in
    let c = ref 0 in
    for _ = 1 to niter do c := !c + check (make !d) done;
    s := !s + !c;
    d := !d + 2
  done;
  s := !s + check long_lived;
  print_string "bintrees "; print_int !s; print_newline ()
