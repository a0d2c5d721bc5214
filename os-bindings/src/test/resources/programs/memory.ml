(* SPDX-License-Identifier: Apache-2.0 *)
(* Uses up memory three times and lives on. *)

let words () = (Gc.quick_stat ()).Gc.heap_words

let () =
  let kept = ref [] in
  (try
     while true do
       kept := Bytes.create 4000 :: !kept
     done
   with Out_of_memory ->
     let kb = 4 * List.length !kept in
     kept := [];
     Printf.printf "at least 200 KB: %b\n%!" (kb >= 200);
     if kb < 200 then Printf.printf "only %d KB\n%!" kb);
  let before = words () in
  Gc.compact ();
  Printf.printf "given back: %b\n%!" (words () < before / 2);
  (match Bytes.create 1_000_000 with
  | _ -> print_endline "a megabyte?"
  | exception Out_of_memory -> print_endline "no megabyte");
  let rec depth n = if n = 0 then 0 else 1 + depth (n - 1) in
  Printf.printf "depth %d\n" (depth (Sys.opaque_identity 5000));
  (match depth (Sys.opaque_identity 1_000_000) with
  | _ -> print_endline "a million?"
  | exception Stack_overflow -> print_endline "Stack_overflow");
  (* The stack's memory serves the heap again. *)
  let again = ref [] in
  for _ = 1 to 40 do
    again := Bytes.create 4000 :: !again
  done;
  Printf.printf "again %d\n" (List.length !again);
  let rec fill n = if n = 0 then [] else n :: fill (n - 1) in
  for _ = 1 to 200 do
    ignore (Sys.opaque_identity (List.fold_left ( + ) 0 (fill 1000)))
  done;
  print_endline "done"
