(* SPDX-License-Identifier: Apache-2.0 *)
(* Closures bound together with other values, alone and in sets, and collections between. *)
let n = Array.length Sys.argv + 5
(* a set of closures behind a name, both members; capturing and not *)
let set1 k =
  let rec f = (let rec g x y = if x <= 0 then y + k else h (x - 1) y and h x y = g (x - 1) (y + Lazy.force v) in h)
  and v = lazy (k * 2) in
  (f, v)
let set2 () =
  let rec f = (let rec g x = if x = 0 then 1 else h (x - 1) and h x = if x = 0 then 0 else g (x - 1) in h)
  and v = lazy (f 7) in
  (f, v)
let set3 k =
  let rec f = (let rec g a b c = if a = 0 then Lazy.force v + b + c + k else g (a - 1) (b + 1) (c + Lazy.force r) and r = lazy (k + 3) in g)
  and v = lazy (k + 1) in
  (f, v)
type t = { name : string; call : int -> int -> int; next : t; items : int array }
let recs k =
  let rec a = { name = "a"; call = (fun x y -> if x = 0 then y else b.call (x - 1) (y + k)); next = b; items = [| k |] }
  and b = { name = "b"; call = (fun x y -> if x = 0 then y * 2 else a.call (x - 1) (y + 1)); next = a; items = [| 1; 2 |] } in
  a
let floats k = let rec f x = x +. p.(0) and p = [| 1.5; float k |] in f
let three k =
  let rec f a b c d = if a = 0 then List.length l + b + c + d else f (a - 1) b c (d + k)
  and l = 1 :: 2 :: l2 and l2 = [ k ] in f
let () =
  let keep = ref [] in
  for i = 1 to 200 do
    let t = (i, n, i + n) in
    let f1, v1 = set1 i and f2, v2 = set2 () and f3, v3 = set3 i in
    let r = recs i and fl = floats i and th = three i in
    keep := (t, f1, v1, f2, v2, f3, v3, r, fl, th, Array.make (i mod 7) i) :: !keep;
    if i mod 50 = 0 then Gc.compact ()
  done;
  let sum = ref 0 in
  List.iter (fun ((a, b, c), f1, v1, f2, v2, f3, v3, r, fl, th, ar) ->
    sum := !sum + a + b + c + f1 4 5 + Lazy.force v1 + f2 6 + Lazy.force v2 + f3 3 4 5 + Lazy.force v3 + r.call 5 6
      + r.next.call 3 4 + int_of_float (fl 2.5) + th 2 3 4 5 + Array.fold_left (+) 0 ar + List.length (List.map (f1 1) [1;2;3])) !keep;
  print_int !sum; print_newline ()
