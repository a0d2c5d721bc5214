(* SPDX-License-Identifier: Apache-2.0 *)
(* Parts of short-lived big arrays, with little memory left for C: what is garbage has to be collected before Out_of_memory is raised. The argument is the ballast in KB; try several. *)
let create n = Bigarray.Array1.create Bigarray.char Bigarray.c_layout n
let () =
  let ballast = create (1024 * (try int_of_string Sys.argv.(1) with _ -> 170)) in
  Gc.full_major ();
  (match
     for _ = 1 to 100_000 do
       let a = create 32 in
       ignore (Sys.opaque_identity (Bigarray.Array1.sub a 0 16))
     done
   with
  | () -> print_endline "done"
  | exception Out_of_memory -> print_endline "Out_of_memory");
  ignore (Sys.opaque_identity ballast.{0})
