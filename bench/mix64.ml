(* SPDX-License-Identifier: Apache-2.0 *)
(* a generator of 64 bits: boxed integers in a loop *)
let next s =
  let open Int64 in
  let s = logxor s (shift_left s 13) in
  let s = logxor s (shift_right_logical s 7) in
  logxor s (shift_left s 17)
let () =
  let s = ref 88172645463325252L and sum = ref 0L in
  for _ = 1 to 20000 do
    s := next !s;
    sum := Int64.add !sum (Int64.mul !s 0x9E3779B97F4A7C15L)
  done;
  print_string "mix64 ";
  print_int (Int64.to_int (Int64.logand (Int64.shift_right_logical !sum 40) 0xFFFFFFL));
  print_newline ()
