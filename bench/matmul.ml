(* SPDX-License-Identifier: Apache-2.0 *)
(* product of matrices of floats' integer cousins: nested loops over arrays of arrays *)
let n = 40
let make seed = Array.init n (fun i -> Array.init n (fun j -> ((i * 7) + (j * 13) + seed) land 63))
let multiply a b =
  let c = Array.make_matrix n n 0 in
  for i = 0 to n - 1 do
    for j = 0 to n - 1 do
      let s = ref 0 in
      for k = 0 to n - 1 do s := !s + (a.(i).(k) * b.(k).(j)) done;
      c.(i).(j) <- !s land 0xFFFF
    done
  done;
  c
let () =
  let a = ref (make 1) and b = make 5 in
  for _ = 1 to 6 do a := multiply !a b done;
  let s = ref 0 in
  Array.iter (Array.iter (fun x -> s := (!s * 3 + x) land 0xFFFFFF)) !a;
  print_string "matmul "; print_int !s; print_newline ()
