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

module P8 = struct

let () = print_endline "program 8"

type r0 = { mutable r0_0 : float; mutable r0_1 : string; mutable r0_2 : bool }

let show_r0 r = "{" ^ show_float r.r0_0 ^ ";" ^ show_string r.r0_1 ^ ";" ^ show_bool r.r0_2 ^ "}"

type v0 = T0 of v0 * int * v0 | C0_0 | C0_1 of int * string | C0_2 of int * int32 * bool | C0_3 of nativeint | C0_4

let rec show_v0 = function T0 (l, n, r) -> "T(" ^ show_v0 l ^ show_int n ^ show_v0 r ^ ")" | C0_0 -> "C0_0" | C0_1 (p0, p1) -> "C0_1(" ^ show_int p0 ^ "," ^ show_string p1 ^ ")" | C0_2 (p0, p1, p2) -> "C0_2(" ^ show_int p0 ^ "," ^ show_int32 p1 ^ "," ^ show_bool p2 ^ ")" | C0_3 (p0) -> "C0_3(" ^ show_nativeint p0 ^ ")" | C0_4 -> "C0_4"

let rec size0 = function T0 (l, _, r) -> 1 + size0 l + size0 r | _ -> 1

let tree0 l n r = if size0 l + size0 r > 40 then l else T0 (l, n, r)

let rec sum0 = function T0 (l, n, r) -> (sum0 l + n - sum0 r) | _ -> 1

type v1 = T1 of v1 * int * v1 | C1_0 of int * v0 * int32 | C1_1 of r0 * v0 | C1_2 of string * float * int64 | C1_3

let rec show_v1 = function T1 (l, n, r) -> "T(" ^ show_v1 l ^ show_int n ^ show_v1 r ^ ")" | C1_0 (p0, p1, p2) -> "C1_0(" ^ show_int p0 ^ "," ^ show_v0 p1 ^ "," ^ show_int32 p2 ^ ")" | C1_1 (p0, p1) -> "C1_1(" ^ show_r0 p0 ^ "," ^ show_v0 p1 ^ ")" | C1_2 (p0, p1, p2) -> "C1_2(" ^ show_string p0 ^ "," ^ show_float p1 ^ "," ^ show_int64 p2 ^ ")" | C1_3 -> "C1_3"

let rec size1 = function T1 (l, _, r) -> 1 + size1 l + size1 r | _ -> 1

let tree1 l n r = if size1 l + size1 r > 40 then l else T1 (l, n, r)

let rec sum1 = function T1 (l, n, r) -> (sum1 l + n - sum1 r) | _ -> 1

let () = print "1" (fun () -> repeated 2 (fun () -> let x0 = Array.init 1 (fun k -> Array.init 2 (fun l -> (k : int))) in let x1 = { px = ((-2.838584e-08) *. infinity); py = 1. } in (try (); for x2 = 0 to 4 do (let x3 = x0.((try if false then (-3) else raise (Number x2) with Number x4 -> (-134217727) | Not_found | Exit -> x2 | Failure x4 when String.length x4 > 2 -> (56))) in x3.((1 - x2)) <- (x3.(0)); ()); x0.(x2).(x2) <- (x0.(x2).(x2)) done with e -> left e); String.concat "\n    " [over 0 1 (fun k0 -> over 0 2 (fun k1 -> show_int x0.(k0).(k1))); show_float x1.px]))

end
