(* SPDX-License-Identifier: Apache-2.0 *)
(* Finalisers are called in the order of the host's, and many garbage ones make room for others. *)
let log = Buffer.create 100

let make i =
  let r = ref i in
  Gc.finalise (fun r -> Printf.bprintf log "f%d " !r) r;
  Gc.finalise_last (fun () -> Printf.bprintf log "l%d " i) r

let () =
  for i = 1 to 5 do
    make i
  done;
  Gc.full_major ();
  Gc.full_major ();
  for i = 6 to 9 do
    make i
  done;
  Gc.compact ();
  Gc.full_major ();
  print_endline (Buffer.contents log);
  let count = ref 0 in
  for _ = 1 to 10_000 do
    Gc.finalise (fun _ -> incr count) (Bytes.create 10)
  done;
  Gc.full_major ();
  Printf.printf "called %d\n" !count;
  (match
     Gc.finalise (fun _ -> raise Exit) (ref 1);
     Gc.full_major ()
   with
  | () -> print_endline "no exception"
  | exception Exit -> print_endline "Exit");
  Gc.finalise_last (fun () -> print_endline "last") (ref 2);
  Gc.full_major ()
