(* SPDX-License-Identifier: Apache-2.0 *)
(* What random programs use. Sizes and steps are bounded; no value of a float tells one NaN from another. What is between
   empty lines is one definition. *)

exception Number of int

exception Too_long

let steps = ref 0

let tick () = incr steps; if !steps > 2000 then raise Too_long; true

let small_float x = if abs_float x < 1e8 then x else 0.

let plain_nan x = if x <> x then 1.5 else x

let char_at s i = s.[i]

let limit s = if String.length s > 300 then String.sub s 0 300 else s

let rec take n = function x :: l when n > 0 -> x :: take (n - 1) l | _ -> []

let bounded l = if List.compare_length_with l 30 > 0 then take 30 l else l

let reverse s = String.init (String.length s) (fun i -> s.[String.length s - 1 - i])

let part s i n = try String.sub s i n with Invalid_argument _ -> "?"

let patched s =
  let b = Bytes.of_string s in
  let n = Bytes.length b in
  if n > 1 then Bytes.blit b 0 b 1 (n - 1);
  if n > 8 then begin
    Bytes.set_int32_le b 1 (Int32.lognot (Bytes.get_int32_le b 3));
    Bytes.set_uint16_be b 0 (Bytes.get_uint16_le b 5)
  end;
  if n > 12 then Bytes.set_int64_be b 3 (Int64.add (Bytes.get_int64_le b 4) 0x1234_5678_9ABCL);
  Bytes.to_string b

let finalised = ref 0

let held = ref (Obj.repr 0)

let rec deep n f =
  if n <= 0 then f n else begin
    let r = if n land 63 = 0 then (ignore (Sys.opaque_identity (string_of_int n)); deep (n - 1) f) else deep (n - 1) f in
    ignore (Sys.opaque_identity n); r
  end

module Tree = struct
  type ('a, 'b) t = Empty | Node of ('a, 'b) t * 'a * 'b * ('a, 'b) t * int
  let empty = Empty
  let height = function Empty -> 0 | Node (_, _, _, _, h) -> h
  let node l k v r = Node (l, k, v, r, 1 + max (height l) (height r))
  let rec add k v = function
    | Empty -> node Empty k v Empty
    | Node (l, k', v', r, _) ->
      let c = compare k k' in
      if c = 0 then node l k v r
      else if c < 0 then node (add k v l) k' v' r
      else node l k' v' (add k v r)
  let rec find_opt k = function
    | Empty -> None
    | Node (l, k', v, r, _) ->
      let c = compare k k' in
      if c = 0 then Some v else find_opt k (if c < 0 then l else r)
end

let collections = ref 0

let collect f = incr collections; if !collections < 12 then f ()

let garbage n = ignore (Sys.opaque_identity (List.init n (fun i -> (i, string_of_int i, float_of_int i))))

let show_int = string_of_int

let show_float x = if x <> x then "nan" else Printf.sprintf "%h/%.12g" x x

let show_bool = string_of_bool

let show_string = Printf.sprintf "%S"

let show_int32 = Int32.to_string

let show_int64 = Int64.to_string

let show_nativeint = Nativeint.to_string

let show_unit () = "()"

let show_list f l = "[" ^ String.concat ";" (List.map f l) ^ "]"

let show_array f a = "[|" ^ String.concat ";" (Array.to_list (Array.map f a)) ^ "|]"

let show_option f = function None -> "None" | Some x -> "Some " ^ f x

let show_ref f r = "ref " ^ f !r

let show_pair f g (x, y) = "(" ^ f x ^ "," ^ g y ^ ")"

let show_function _ = "<fun>"

let print name f =
  steps := 0;
  collections := 0;
  print_endline (name ^ " = " ^ (try let s = f () in String.sub s 0 (min 2000 (String.length s)) with e -> "raised " ^ Printexc.to_string e))

module type MONOID = sig type t val zero : t val op : t -> t -> t val show : t -> string end

module Fold (M : MONOID) = struct
  let all l = List.fold_left M.op M.zero l
  let show l = M.show (all l)
  class counter n = object
    val mutable count = n
    method add x = ignore (tick ()); count <- M.op count x
    method get = count
  end
end

type mixed = { mutable mn : int; mutable mx : float; mutable ms : string; mutable ml : int64 }

type point = { mutable px : float; mutable py : float }

type 'a knot = { call : int -> 'a; next : 'a knot; value : 'a Lazy.t }

let left e = print_endline ("  left by " ^ Printexc.to_string e)

let guarded f = try f () with e -> left e

let over first n f = String.concat " " (List.init n (fun k -> try f (first + k) with Invalid_argument _ -> "-"))

external big_get16 : (char, Bigarray.int8_unsigned_elt, Bigarray.c_layout) Bigarray.Array1.t -> int -> int = "%caml_bigstring_get16"

external big_get32 : (char, Bigarray.int8_unsigned_elt, Bigarray.c_layout) Bigarray.Array1.t -> int -> int32 = "%caml_bigstring_get32"

external big_get64 : (char, Bigarray.int8_unsigned_elt, Bigarray.c_layout) Bigarray.Array1.t -> int -> int64 = "%caml_bigstring_get64"

external big_set16 : (char, Bigarray.int8_unsigned_elt, Bigarray.c_layout) Bigarray.Array1.t -> int -> int -> unit = "%caml_bigstring_set16"

external big_set32 : (char, Bigarray.int8_unsigned_elt, Bigarray.c_layout) Bigarray.Array1.t -> int -> int32 -> unit = "%caml_bigstring_set32"

external big_set64 : (char, Bigarray.int8_unsigned_elt, Bigarray.c_layout) Bigarray.Array1.t -> int -> int64 -> unit = "%caml_bigstring_set64"

let repeated n f =
  let last = ref "" in
  for _ = 1 to n do last := Digest.to_hex (Digest.string !last) ^ " " ^ f () done;
  !last

let rec forever n = if n < 0 then 0 else 1 + forever (n + 1)
