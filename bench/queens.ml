(* SPDX-License-Identifier: Apache-2.0 *)
(* n-queens with int lists; counts the solutions for n = 8, several times *)
let rec ok d q = function
  | [] -> true
  | x :: r -> x <> q && x <> q + d && x <> q - d && ok (d + 1) q r
let rec count n placed row =
  if row = n then 1
  else begin
    let s = ref 0 in
    for q = 0 to n - 1 do
      if ok 1 q placed then s := !s + count n (q :: placed) (row + 1)
    done;
    !s
  end
let () =
  let s = ref 0 in
  for _ = 1 to 4 do s := !s + count 8 [] 0 done;
  print_string "queens "; print_int !s; print_newline ()
