(* SPDX-License-Identifier: Apache-2.0 *)
(* boxed numbers: every primitive, through variables that loops and branches carry *)
let p = print_string
let i32 x = p (Int32.to_string x); p " "
let i64 x = p (Int64.to_string x); p " "
let nat x = p (Int32.to_string (Nativeint.to_int32 x)); p " "
let int x = p (string_of_int x); p " "
let flt x = if x <> x then p "nan " else i64 (Int64.bits_of_float x)
let bool b = p (if b then "t " else "f ")
let opaque x = Sys.opaque_identity x

let int32s a b =
  let open Int32 in
  List.iter i32
    [ add a b; sub a b; mul a b; logand a b; logor a b; logxor a b; lognot a; neg a; abs a; succ a; pred b;
      shift_left a 3; shift_right a 3; shift_right_logical a 3; shift_left a 0;
      shift_left a (opaque 31); shift_right a (opaque 5); shift_right_logical a (opaque 7) ];
  (try i32 (div a b); i32 (rem a b) with Division_by_zero -> p "zero ");
  int (compare a b); int (Int32.compare b a); bool (a < b); bool (a = b); bool (equal a b);
  int (to_int (logand a 0xFFFFl)); i32 (of_int (opaque (-5))); flt (to_float a); i32 (of_float (to_float b));
  i64 (Int64.of_int32 a); p "\n"

let nats a b =
  let open Nativeint in
  let a = of_int32 a and b = of_int32 b in
  List.iter nat [ add a b; sub a b; mul a b; logxor a b; shift_left a 4; neg a ]; p "\n"

let int64s a b =
  let open Int64 in
  List.iter i64
    [ add a b; sub a b; mul a b; logand a b; logor a b; logxor a b; lognot a; neg a; succ a; pred b ];
  List.iter i64
    [ shift_left a 0; shift_left a 1; shift_left a 31; shift_left a 32; shift_left a 33; shift_left a 63;
      shift_right a 0; shift_right a 1; shift_right a 31; shift_right a 32; shift_right a 47; shift_right a 63;
      shift_right_logical a 1; shift_right_logical a 31; shift_right_logical a 32; shift_right_logical a 63;
      shift_left a (opaque 40); shift_right a (opaque 40); shift_right_logical a (opaque 13) ];
  (try i64 (div a b); i64 (rem a b) with Division_by_zero -> p "zero ");
  int (compare a b); bool (a < b); bool (a = b); i32 (to_int32 a); int (to_int (logand a 0xFFFFL));
  i64 (of_int (opaque (-7))); flt (to_float a); i64 (of_float (opaque (-12345678901.75))); p "\n"

let floats a b =
  List.iter flt [ a +. b; a -. b; a *. b; -.a; abs_float a; sqrt (abs_float b); floor a; ceil b; float_of_int (opaque 7) ];
  if b <> 0. then flt (a /. b);
  bool (a < b); bool (a <= b); bool (a > b); bool (a >= b); bool (a = b); bool (a <> b);
  int (compare a b); bool (a < nan); bool (nan <> nan); bool (nan = a);
  if a < b then p "lt " else p "ge "; if a >= b then p "ge " else p "lt "; p "\n"

type v = { mutable x : float; mutable y : float }

let loops () =
  let s = ref 0. and t = ref 0l and u = ref 1L in
  for i = 1 to 20 do
    s := !s +. (float_of_int i /. 3.);
    t := Int32.add !t (Int32.of_int (i * 65537));
    if i land 3 = 0 then u := Int64.mul !u 6364136223846793005L else u := Int64.add !u 1442695040888963407L
  done;
  flt !s; i32 !t; i64 !u;
  let a = [| 1.5; 2.5; -3.25 |] in
  let m = ref a.(0) in
  for i = 1 to Array.length a - 1 do if a.(i) > !m then m := a.(i) done;
  flt !m;
  let r = { x = 0.; y = 1. } in
  for i = 0 to 2 do r.x <- r.x +. a.(i); a.(i) <- r.y *. 2.; r.y <- r.x done;
  flt r.x; flt r.y; Array.iter flt a;
  let kept = ref [] and z = ref 0. in
  for i = 0 to 3 do z := !z +. float_of_int i; if i land 1 = 0 then kept := !z :: !kept done;
  List.iter flt !kept; flt !z;
  (try flt a.(opaque 3) with Invalid_argument s -> p s);
  (try flt a.(opaque (-1)) with Invalid_argument s -> p s); p "\n"

let strings () =
  let b = Bytes.make 20 'a' in
  Bytes.set_int32_be b 3 0x12345678l; Bytes.set_int32_le b 7 0x9ABCDEF0l;
  Bytes.set_int64_be b 11 0x0102030405060708L; Bytes.set_uint16_be b 1 0xFEDC; Bytes.set_int16_le b 18 (-2);
  p (String.escaped (Bytes.to_string b));
  i32 (Bytes.get_int32_be b 3); i32 (Bytes.get_int32_le b 4); i64 (Bytes.get_int64_le b 11);
  int (Bytes.get_uint16_be b 1); int (Bytes.get_int16_be b 18);
  List.iter
    (fun f -> try f (); p "no " with Invalid_argument s -> p s; p " ")
    [ (fun () -> ignore (Bytes.get b (opaque 20))); (fun () -> ignore (Bytes.get b (opaque (-1))));
      (fun () -> ignore (Bytes.get_int32_be b (opaque 17))); (fun () -> ignore (Bytes.get_int32_be b (opaque 16)));
      (fun () -> ignore (Bytes.get_int64_be b (opaque 13))); (fun () -> Bytes.set_int64_be b (opaque 12) 0L);
      (fun () -> ignore (Bytes.get_int64_be (Bytes.create (opaque 3)) 0));
      (fun () -> ignore "abc".[opaque 3]); (fun () -> ignore [| 1; 2 |].(opaque 2)) ];
  for n = 0 to 9 do int (String.length (String.make n 'x')) done; p "\n"

type 'a ty = Int : int ty | I32 : int32 ty

let rec grow : type a. a ty -> int -> a -> a = fun ty n x ->
  if n = 0 then x else match ty with Int -> grow ty (n - 1) (x + 1) | I32 -> grow ty (n - 1) (Int32.succ x)

let () =
  let xs = [ 0l; 1l; -1l; 7l; 0x7FFFFFFFl; 0x80000001l; 0x12345678l; 0xDEADBEEFl ] in
  List.iter (fun a -> List.iter (fun b -> int32s a b; nats a b) xs) xs;
  let ys = [ 0L; 1L; -1L; 0x123456789ABCDEFL; Int64.max_int; 0xFFFFFFFFL; -4294967296L ] in
  List.iter (fun a -> List.iter (int64s a) ys) ys;
  let zs = [ 0.; -0.; 1.; -2.5; 1e300; 3.141592653589793; infinity; 1e-310 ] in
  List.iter (fun a -> List.iter (floats a) zs) zs;
  loops (); strings ();
  int (grow Int (opaque 5) 10); i32 (grow I32 (opaque 5) 10l); p "\n"
