(* SPDX-License-Identifier: Apache-2.0 *)
(* A library's C code makes big arrays; all memory of C is in use, by what has just become garbage. *)
open Bigarray

external make : int -> (char, int8_unsigned_elt, c_layout) Array1.t = "stub_make"

(* The same by its other function, for two dimensions. *)
external make_square : int -> (char, int8_unsigned_elt, c_layout) Array2.t = "stub_make_square"

let rec full kept size =
  if size < 16 then kept
  else
    match Array1.create char c_layout size with
    | a -> full (a :: kept) size
    | exception Out_of_memory -> full kept (size / 2)

(* What lives has free memory besides it in its heap, which what is kept takes. *)
let live = List.init 3000 Fun.id

let test name make =
  let kept = ref (full [] 65536) in
  let before = match make () with () -> "made" | exception Out_of_memory -> "Out_of_memory" in
  if !kept = [] then raise Exit;
  kept := [];
  let after = match make () with () -> "made" | exception Out_of_memory -> "Out_of_memory" in
  Printf.printf "%s: kept %s, garbage %s\n%!" name before after

let () =
  test "array" (fun () -> if Array1.dim (make 10_000) <> List.length live + 7000 then raise Exit);
  test "square" (fun () -> if Array2.dim2 (make_square 100) <> 100 then raise Exit)
