(* SPDX-License-Identifier: Apache-2.0 *)
(* A block of a hundred kilobytes has place in a heap with almost twice that much free. *)
let () =
  List.iter
    (fun kb ->
      match Bytes.create (kb * 1024) with
      | b -> Printf.printf "bytes %d KB %d\n%!" kb (Bytes.length b)
      | exception Out_of_memory -> Printf.printf "bytes %d KB: Out_of_memory\n%!" kb)
    [ 64; 108; 150 ];
  match Array.make 28_000 0 with
  | a -> Printf.printf "array %d\n" (Array.length a)
  | exception Out_of_memory -> print_endline "array: Out_of_memory"
