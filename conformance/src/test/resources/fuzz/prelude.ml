(* SPDX-License-Identifier: Apache-2.0 *)
(* How the programs' printers write what is hardest to write alike. *)
let () =
  List.iter
    (fun x -> Printf.printf "%h %.12g %.17g %S\n" x x x (string_of_float x))
    [ 0.; -0.; 1e-310; 4.9e-324; max_float; 0.1; 1e22; 123456789012345678.; infinity; nan ];
  List.iter (fun n -> Printf.printf "%Ld %Lx %Lu\n" n n n) [ 0L; -1L; Int64.min_int; Int64.max_int ]
