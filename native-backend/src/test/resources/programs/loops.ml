(* SPDX-License-Identifier: Apache-2.0 *)
(* They are recursive so that they are not put into others. *)
let rec sum a b =
  let s = ref 0 in
  for i = a to b do
    s := (!s * 3) + i
  done;
  if !s = 12345 then 1 + sum b a else !s

let rec scan (text : string) from =
  let i = ref from in
  while !i < 100 && text.[!i] <> ' ' do
    incr i
  done;
  if !i = 12345 then 1 + scan text !i else !i

let rec call f n =
  for i = 1 to n do
    f i
  done;
  if n = 12345 then 1 + call f 1 else 0

let rec allocate n =
  let r = ref [] in
  for i = 1 to n do
    r := i :: !r
  done;
  if n = 12345 then 1 :: allocate 1 else !r

let rec few (a : int array) =
  let s = ref 0 in
  for i = 0 to 2 do
    s := (!s * 7) + a.(i)
  done;
  if !s = 12345 then 1 + few [| 1; 2; !s |] else !s

let rec forever n =
  let s = ref n in
  let i = ref 0 in
  while !i <= n do
    s := !s lxor !i;
    incr i
  done;
  if !s = 12345 then 1 + forever 1 else !s

let () =
  let n = Array.length Sys.argv in
  print_int (sum 1 n);
  print_int (scan Sys.argv.(0) n);
  print_int (call print_int n);
  print_int (List.length (allocate n));
  print_int (few [| n; n; 3 |]);
  print_int (forever n)
