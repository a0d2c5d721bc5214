(* SPDX-License-Identifier: Apache-2.0 *)
(* Recursion with and without an end, with garbage in between. *)

let rec depth n = if n = 0 then 0 else 1 + depth (n - 1)

let rec build n =
  if n = 0 then []
  else
    let head = string_of_int n in
    let tail = build (n - 1) in
    head :: tail

let () =
  List.iter (fun n -> Printf.printf "%d\n" (depth n)) [ 10; 1000; 5000 ];
  for round = 1 to 10 do
    (match depth (Sys.opaque_identity max_int) with
    | _ -> print_endline "no end?"
    | exception Stack_overflow -> if round mod 5 = 0 then Printf.printf "round %d\n" round);
    ignore (Sys.opaque_identity (List.length (build 1000)))
  done;
  print_endline (List.hd (build 2000))
