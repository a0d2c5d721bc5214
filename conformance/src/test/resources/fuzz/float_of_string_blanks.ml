(* SPDX-License-Identifier: Apache-2.0 *)
(* float_of_string skips blanks in front of decimal and hexadecimal numbers alike. *)
let () =
  List.iter
    (fun s ->
      Printf.printf "%S " s;
      match float_of_string s with x -> Printf.printf "%h\n" x | exception Failure m -> print_endline m)
    [ " 1.5"; "\t-2"; "\n+3e2"; " 0x1.1"; "\t0x10"; "  -0x1p-2"; " +0x.8"; " 0x"; " 0x1.1 "; " nan"; " inf" ]
