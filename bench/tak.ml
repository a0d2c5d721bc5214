(* SPDX-License-Identifier: Apache-2.0 *)
(* three-argument recursion *)
let rec tak x y z =
  if y >= x then z
  else tak (tak (x-1) y z) (tak (y-1) z x) (tak (z-1) x y)
let () =
  let s = ref 0 in
  for i = 0 to 9 do s := !s + tak (18 + (i land 1)) 12 6 done;
  print_string "tak "; print_int !s; print_newline ()
