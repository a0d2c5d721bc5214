(* SPDX-License-Identifier: Apache-2.0 *)
(* Two ways through a function that need other variables in its frame. *)
module F (X : sig val c : int -> int -> int end) = struct
 type t = E | N of t * int * t
 let rec add x = function E -> N (E, x, E) | N (l, v, r) as n -> let c = X.c x v in if c = 0 then n else if c < 0 then N (add x l, v, r) else N (l, v, add x r)
 let rec sum = function E -> 0 | N (l, v, r) -> sum l + v + sum r
end
module A = F (struct let c (a : int) b = compare a b end)
let () = let m = ref A.E in for i = 1 to 40 do m := A.add (i * 7 mod 97) !m done; print_int (A.sum !m); print_newline ()
