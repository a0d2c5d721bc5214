(* SPDX-License-Identifier: Apache-2.0 *)
(* Recursive closures bound with a lazy value, and blocks allocated behind them. *)
let make k =
  let rec f a b = if a = 0 then Lazy.force r + b else f (a - 1) (b + k) and r = lazy k in
  f
let () =
  let n = Array.length Sys.argv + 6 in
  let rec all i = if i = 0 then [] else let t = (i, n, n) in let f = make i in (t, f) :: all (i - 1) in
  List.iter (fun (t, f) -> Printf.printf "%d %d\n" (Obj.size (Obj.repr t)) (f 1 2)) (all 3)
