(* SPDX-License-Identifier: Apache-2.0 *)
(* A constant made in a loop and used behind it, while another variable holds it through the loop. *)
exception Found of int
let arr = Array.init 23 (fun i -> (i * 37) land 63)
let txt = "the quick brown fox jumps over"
let strs = Array.make 9 "a"
let opaque = Sys.opaque_identity
let f11 x y =
  let a = ref 2 in
  let b = ref 7 in
  let c = ref 6 in
  for i22 = (y) to (x / 2) do if !b > i22 then a := ((Char.code txt.[(!a) land 15])) land 0xFFFF done;
  begin let ri23 = ref (x) in while !ri23 > (y / 2) do strs.(!ri23 land 7) <- (if x land 1 = 0 then "b" else txt); if 255 land 7 = 3 then raise_notrace (Found (((((arr.((((7 - 100) land 0xFFFFF)) land 31)) + ((!a - !ri23) land 0xFFFFF)) land 0xFFFFF)) land 0xFFFF)); c := !a; begin let t = !a in a := !b; b := !c; c := t end; decr ri23 done; a := (!a + !ri23) land 0xFFFF end;
  (!a * 1 + !b * 2 + !c * 3) land 0xFFFFFF
let () = List.iter (fun (x, y) -> match f11 (opaque x) (opaque y) with v -> Printf.printf "11 %d " v | exception Found v -> Printf.printf "11 F%d " v | exception Invalid_argument _ -> print_string "11 I ") [ (0, 0); (3, 20); (20, 3); (-2, 7); (1, 1); (25, 26) ]; print_newline ()
