(* SPDX-License-Identifier: Apache-2.0 *)
(* Not one block of the C heap is free when memory is out for good. *)
open Bigarray

let kept = ref []

let rec fill size =
  if size >= 16 then
    match Array1.create char c_layout size with
    | a ->
        kept := a :: !kept;
        fill size
    | exception Out_of_memory -> fill (size / 2)

(* What lives has free memory besides it in its heap, which what is kept takes. *)
let live = List.init 3000 Fun.id
let () = at_exit (fun () -> print_endline (if !kept <> [] && List.length live = 3000 then "kept" else "not kept"))
let () = fill 65536
let () = ignore (Array1.create char c_layout 1000)
