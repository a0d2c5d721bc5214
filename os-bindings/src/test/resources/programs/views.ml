(* SPDX-License-Identifier: Apache-2.0 *)
(* Views of a big array need a block of C; all its memory is in use, by what has just become garbage. *)
open Bigarray

let rec full kept size =
  if size = 0 then kept
  else
    match Array1.create char c_layout size with
    | a -> full (a :: kept) size
    | exception Out_of_memory -> full kept (size / 2)

let view name f =
  let kept = ref (full [] 65536) in
  let a = List.hd !kept in
  kept := [];
  match f a with
  | () -> Printf.printf "%s: made\n%!" name
  | exception Out_of_memory -> Printf.printf "%s: Out_of_memory\n%!" name

let () =
  view "sub" (fun a -> ignore (Array1.sub a 0 1));
  view "slice" (fun a -> ignore (Genarray.slice_left (genarray_of_array1 a) [| 0 |]));
  view "reshape" (fun a -> ignore (reshape (genarray_of_array1 a) [| Array1.dim a |]));
  view "layout" (fun a -> ignore (Array1.change_layout a fortran_layout))
