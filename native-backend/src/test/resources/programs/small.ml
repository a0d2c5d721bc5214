(* SPDX-License-Identifier: Apache-2.0 *)
(* What of this is kept, and what is not, is tested. *)

type shape =
  | Point of int
  | Circle of int * int
  | Never of int * int * int

let rec describe_never a b c = if a > b then describe_never b a c else string_of_int (a + b + c)

let rec describe = function
  | Point x -> string_of_int x
  | Circle (x, r) -> describe (Point (x + r))
  (* Makes what only it takes apart. *)
  | Never (a, b, c) -> describe_never a b c ^ describe (Never (c, b, a))

module Table (Key : sig val key : int end) = struct
  let rec used n = if n > Key.key then n else used (n * 2)
  let rec unused n = if n > Key.key then n else unused (n * 3)
end

module One = Table (struct let key = Sys.word_size end)
module Two = Table (struct let key = 1000 end)

let rec add a b c = if a = 0 then b + c else add (a - 1) (b + 1) c
let forgotten = add 1

let () =
  print_endline (describe (Circle (List.length (Array.to_list Sys.argv), 3)));
  print_int (One.used 1 + Two.used 1)
