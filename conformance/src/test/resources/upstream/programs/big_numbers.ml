(* SPDX-License-Identifier: Apache-2.0 *)
(* What Z computes with numbers of many words. *)

let () =
  let factorial n = List.fold_left (fun f i -> Z.mul f (Z.of_int i)) Z.one (List.init n succ) in
  let f = factorial 300 and p = Z.pow (Z.of_int 7) 500 in
  let q, r = Z.div_rem f p in
  List.iter (fun z -> print_endline (Z.to_string z)) [ f; p; q; r; Z.gcd f (Z.pow (Z.of_int 6) 400); Z.sqrt f; Z.root p 7 ];
  let prime = Z.sub (Z.shift_left Z.one 521) Z.one in
  print_endline (Z.format "%x" (Z.powm p f prime));
  print_endline (Z.to_string (Z.invert p prime));
  Printf.printf "%d %d %d %h\n" (Z.probab_prime prime 10) (Z.numbits f) (Z.popcount p) (Z.to_float p);
  print_endline (Q.to_string (Q.add (Q.of_string "355/113") (Q.make (Z.neg f) p)))
