(* SPDX-License-Identifier: Apache-2.0 *)
(* A recursion gets the memory that garbage took. *)

let last = ref 0

let rec down n =
  last := n;
  1 + down (n + 1)

let deepest () =
  (try ignore (down 0) with Stack_overflow -> ());
  !last

let kept = ref []

let () =
  let before = deepest () in
  kept := List.init 30 (fun _ -> Array.make 1000 0);
  let filled = deepest () in
  kept := [];
  let after = deepest () in
  Printf.printf "less %b, again as deep %b\n" (filled < before * 3 / 4) (after > before * 9 / 10)
