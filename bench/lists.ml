(* SPDX-License-Identifier: Apache-2.0 *)
(* higher-order functions on lists *)
let () =
  let rec upto i n = if i > n then [] else i :: upto (i + 1) n in
  let l = upto 1 150 in
  let s = ref 0 in
  for k = 1 to 60 do
    let m = List.map (fun x -> (x * k) land 1023) l in
    let m = List.filter (fun x -> x land 3 <> 0) m in
    let m = List.sort (fun (a : int) b -> compare a b) (List.rev_append m []) in
    s := (!s + List.fold_left (fun a x -> (a * 3 + x) land 0xFFFF) 0 m) land 0xFFFFFF;
    if List.exists (fun x -> x = k) m then incr s
  done;
  print_string "lists "; print_int !s; print_newline ()
