(* SPDX-License-Identifier: Apache-2.0 *)
(* A little of everything the front end has to read. *)

exception Found of int

type shape = Dot | Circle of float | Box of { w : int; h : int } | Named of string * shape

let rec area = function
  | Dot -> 0
  | Circle r -> int_of_float (r *. r *. 3.)
  | Box { w; h } -> w * h
  | Named (_, s) -> area s

let rec even n = n = 0 || odd (n - 1)
and odd n = n <> 0 && even (n - 1)

module Counter (Start : sig val start : int end) = struct
  let count = ref Start.start
  let next () = incr count; !count
end

module C = Counter (struct let start = 41 end)

class stack = object
  val mutable items : int list = []
  method push x = items <- x :: items
  method size = List.length items
end

let find p a =
  let i = ref 0 in
  try
    while true do
      if p a.(!i) then raise (Found !i);
      incr i
    done;
    0
  with
  | Found n -> n
  | Invalid_argument _ -> - !i

let curried a b c d e f g h i = a + b - c + d - e + f - g + h - i

let () =
  let s = new stack in
  s#push 1;
  s#push 2;
  let partial = curried 1 2 3 4 in
  let lazy_value = lazy (C.next ()) in
  Printf.printf "%d %b %d %d %d %d %d %s\n"
    (area (Named ("x", Box { w = 3; h = 4 })))
    (even 10) (Lazy.force lazy_value) s#size
    (find (fun x -> x > 2) [| 1; 2; 3 |])
    (find (fun x -> x > 9) [| 1; 2; 3 |])
    (partial 5 6 7 8 9)
    (String.concat "," (List.map string_of_int (List.sort compare [ 3; 1; 2 ])))
