(* SPDX-License-Identifier: Apache-2.0 *)
(* A little of everything, without the standard library: a file of a few kilobytes to be damaged. *)
external raise : exn -> 'a = "%raise"
external ( + ) : int -> int -> int = "%addint"
external ( - ) : int -> int -> int = "%subint"
external ( * ) : int -> int -> int = "%mulint"
external ( / ) : int -> int -> int = "%divint"
external ( < ) : 'a -> 'a -> bool = "%lessthan"
external ( = ) : 'a -> 'a -> bool = "%equal"
external ( +. ) : float -> float -> float = "%addfloat"
external ( *. ) : float -> float -> float = "%mulfloat"
type 'a ref = { mutable contents : 'a }

external ref : 'a -> 'a ref = "%makemutable"
external ( ! ) : 'a ref -> 'a = "%field0"
external ( := ) : 'a ref -> 'a -> unit = "%setfield0"
external length : 'a array -> int = "%array_length"
external get : 'a array -> int -> 'a = "%array_safe_get"
external set : 'a array -> int -> 'a -> unit = "%array_safe_set"
external add32 : int32 -> int32 -> int32 = "%int32_add"
external string_length : string -> int = "%string_length"
external string_get : string -> int -> char = "%string_safe_get"
external use : string -> unit = "caml_ml_string_length"
external format_int : string -> int -> string = "caml_format_int"

exception Stop of int

type 'a list = Nil | Cons of 'a * 'a list
type shape = Point | Circle of float | Square of float | Named of string * shape

let rec map f = function Nil -> Nil | Cons (x, rest) -> Cons (f x, map f rest)
let rec fold f state = function Nil -> state | Cons (x, rest) -> fold f (f state x) rest

let rec area = function
  | Point -> 0.
  | Circle r -> 3.14 *. r *. r
  | Square a -> a *. a
  | Named (_, s) -> area s +. 0.

let rec even n = if n = 0 then true else odd (n - 1)
and odd n = if n = 0 then false else even (n - 1)

let find f a =
  let result = ref 0 in
  try
    for i = 0 to length a - 1 do
      result := !result + 1;
      if f (get a i) then raise (Stop i)
    done;
    !result
  with
  | Stop i -> i
  | Not_found -> 0 - 1

let curried a b c d = (a * b) + (c / d)
let partial = curried 1 2
let digits = [| "zero"; "one"; "two" |]
let numbers = Cons (1, Cons (22, Cons (333, Nil)))
let word n = match n with 0 -> "none" | 1 -> "one" | 2 -> "few" | 3 -> "many" | 7 -> "seven" | _ -> ""
let sum32 = add32 1l 0x7FFF_FFFFl
let lazy_value = lazy (fold ( + ) 0 (map (fun x -> x * 2) numbers))

module Pair (X : sig
  val first : int
end) =
struct
  let second = X.first + 1
  let both k = k X.first second
end

module P = Pair (struct
  let first = 41
end)

let () =
  let many a b c d e f g h i j = a + b + c + d + e + f + g + h + i + j in
  set digits 0 (word (find (fun s -> string_length s < 3) digits));
  use (format_int "%d" (many 1 2 3 4 5 6 7 8 (partial 3 4) (P.both (fun x y -> x * y))));
  if even (string_length (get digits 1)) then use (word 7);
  if string_get "abc" 1 = 'b' then use (format_int "%d" (fold (fun a b -> a - b) 3 numbers));
  if area (Named ("unit", Circle 1.)) < 3. then use "small"
