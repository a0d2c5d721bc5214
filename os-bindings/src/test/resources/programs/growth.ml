(* SPDX-License-Identifier: Apache-2.0 *)
(* What grows until memory is out: each time the program gets Out_of_memory, and has lost nothing. *)

let attempt name times f =
  let memory = ref 0 and other = ref 0 in
  for i = 1 to times do
    match f () with () -> incr other | exception Out_of_memory -> incr memory
  done;
  Printf.printf "%s: memory %d, neither %d\n%!" name !memory !other

(* The string has place, but not besides what was collected for it: which was never given back. *)
let marshal () =
  let s = String.make 85_000 's' in
  attempt "to_string" 10 (fun () -> ignore (Marshal.to_string s []))

(* A table that doubles is a block of whole pages, in the last that there is of memory. *)
let table () =
  let t = Hashtbl.create 16 in
  for i = 1 to max_int do Hashtbl.replace t i i done

let part = Array.make 3000 0

let rec append a = append (Array.append a part)

let rec add buffer =
  Buffer.add_string buffer "0123456789";
  add buffer

let () =
  marshal ();
  attempt "table" 5 table;
  attempt "concat" 30 (fun () -> ignore (Array.concat (List.init 40 (fun _ -> part))));
  attempt "append" 10 (fun () -> append part);
  attempt "buffer" 5 (fun () -> add (Buffer.create 16))
