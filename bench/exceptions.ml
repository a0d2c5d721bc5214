(* SPDX-License-Identifier: Apache-2.0 *)
(* exceptions raised and handled, deep and shallow *)
exception Found of int
let rec search depth k = if depth = 0 then raise (Found k) else 1 + search (depth - 1) k
let () =
  let s = ref 0 in
  for i = 1 to 4000 do
    (try s := !s + search (i land 15) i with Found k -> s := (!s + k) land 0xFFFFFF);
    (try if i land 1 = 0 then raise Not_found else incr s with Not_found -> s := !s + 2)
  done;
  print_string "exceptions "; print_int !s; print_newline ()
