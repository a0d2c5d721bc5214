(* SPDX-License-Identifier: Apache-2.0 *)
(* What the toplevel's functions captured is garbage when they are: each part alone takes most of memory. *)

let tell name n = Printf.printf "%s: %d\n" name n
let size = 140_000

(* Keeps calls from being replaced by their values. *)
let functions = ref []
let apply f = functions := [ f ]; List.fold_left (fun sum f -> sum + f ()) 0 !functions
let forget () = functions := []

let () =
  let text = String.make size 'a' in
  tell "closure" (apply (fun () -> String.length text));
  forget ()

let () =
  let table = Array.make (size / 4) 0 in
  let rec sum i = if i = Array.length table then 0 else table.(i) + 1 + sum_from (i + 10_000)
  and sum_from i = if i >= Array.length table then 0 else sum i in
  tell "recursive" (apply (fun () -> sum 0));
  forget ()

module type Text = sig val text : string end
module Length (T : Text) = struct let get () = String.length T.text end

let () =
  let module Text = struct let text = String.make size 'b' end in
  let module Length = Length (Text) in
  tell "functor" (apply Length.get);
  forget ()

let () =
  let box = (String.make size 'c', 1) in
  let counter = ref (Bytes.create 10) in
  tell "block" (apply (fun () -> counter := Bytes.create 20_000; String.length (fst box) / size));
  forget ()

let kept = String.make 10 'k'

let () =
  let text = String.make size kept.[0] in
  tell "again" (apply (fun () -> String.length text + String.length kept));
  forget ()
