(* SPDX-License-Identifier: Apache-2.0 *)
(* What compiled code does in short ways of its own: comparisons, hashing, items of any kind, loops. *)

let print = Printf.printf
let any = Sys.opaque_identity

type t = A | B | C of int * string | D of t list | E of { mutable e : t } | F of float

let show a b =
  print "%d %b %b %b %b %b %b\n" (compare a b) (a = b) (a <> b) (a < b) (a <= b) (a > b) (a >= b)

let all values = List.iter (fun a -> List.iter (fun b -> show (any a) (any b)) values) values

let () =
  all [ 0; 1; -1; max_int; min_int ];
  all [ ""; "a"; "ab"; "abc"; "abcd"; "abcde"; "ab\000"; "ab\000\000"; "abc\000"; "abd"; "\255abc" ];
  all [ A; B; C (1, "x"); C (1, "y"); C (2, "a"); D []; D [ A ]; D [ A; B ]; D [ D [ A ] ]; E { e = A } ];
  all [ F 1.; F (-1.); F nan; F infinity; F 0.; F (-0.); A ];
  all [ 0.; -0.; nan; 1.5; neg_infinity ];
  all [ 0L; 1L; -1L; Int64.min_int; Int64.max_int; 0x100000000L ];
  all [ 0l; -1l; Int32.max_int; Int32.min_int ];
  all [ 0n; -1n; 5n ];
  all [ [||]; [| 1. |]; [| 1.; 2. |]; [| nan |] ];
  all [ [| 1 |]; [| 1; 2 |]; [| 2 |] ];
  all [ (1, "a", [ Some 2 ]); (1, "a", [ None ]); (1, "a", []) ];
  let deep n = List.fold_left (fun t _ -> D [ A; t; B ]) A (List.init n Fun.id) in
  all [ deep 3; deep 4; deep 20; deep 21 ];
  let l = any [ nan ] in
  print "%b %d %b\n" (l = l) (compare l l) (l == l);
  let f x = x in
  let raises g = try ignore (any g ()); print "no\n" with e -> print "%s\n" (Printexc.to_string e) in
  raises (fun () -> any f = any f);
  raises (fun () -> compare (1, any f) (1, any f));
  raises (fun () -> (1, any f) < (2, any f));
  raises (fun () -> any [ lazy 1 ] = [ lazy 1 ]);
  let x = any 5L and y = any 7L in
  print "%b %b %b %b\n" (x = 5L) (x < y) (y <= 6L) (Int64.compare x y > 0)

let () =
  let h v = print "%d " (Hashtbl.hash v) in
  h 0; h (-7); h "x"; h "some longer string"; h ""; h (1, "a"); h 2.5; h 3L; h [ 1; 2; 3 ];
  print "%d %d\n" (Hashtbl.seeded_hash 3 "s") (Hashtbl.hash_param 0 0 5)

(* Items of arrays whose kind is not known. *)
let get a i = a.(i)
let set a i x = a.(i) <- x
let sum add zero a = let s = ref zero in for i = 0 to Array.length a - 1 do s := add !s (get a i) done; !s

let () =
  let a = Array.init 10 (fun i -> i * i) and f = Array.init 10 (fun i -> float i /. 4.) in
  let s = Array.init 10 string_of_int in
  set (any a) 3 100; set (any f) 3 9.5; set (any s) 3 "three";
  print "%d %f %s\n" (sum ( + ) 0 (any a)) (sum ( +. ) 0. (any f)) (sum ( ^ ) "" (any s));
  let bad g = try g (); print "no\n" with Invalid_argument m -> print "%s\n" m in
  bad (fun () -> ignore (get a (any 10)));
  bad (fun () -> ignore (get f (any (-1))));
  bad (fun () -> set s (any max_int) "x");
  bad (fun () -> set (any [||]) 0 1);
  for i = 0 to 200 do set s (i mod 10) (String.make 50 'y') done;
  Gc.full_major ();
  print "%d\n" (Array.fold_left (fun n x -> n + String.length x) 0 s)

let () =
  let open Bigarray in
  let fill : type a b. (a, b) kind -> a list -> unit = fun kind values ->
    let array = Array1.of_array kind c_layout (Array.of_list values) in
    let fortran = Array1.of_array kind fortran_layout (Array.of_list values) in
    let get : type l. (a, b, l) Array1.t -> int -> a = fun array i -> array.{i} in
    for i = 0 to Array1.dim array - 1 do
      print "%b%b" (get array i = get fortran (i + 1)) (get array i = List.nth values i)
    done;
    (try ignore (get array (any (-1))) with Invalid_argument m -> print " %s\n" m);
    (try ignore (get fortran (any 0)) with Invalid_argument m -> print " %s\n" m)
  in
  fill char [ 'a'; '\255' ]; fill int8_unsigned [ 0; 200 ]; fill int8_signed [ -128; 127 ];
  fill int16_unsigned [ 65535; 3 ]; fill int16_signed [ -2; 4 ]; fill int [ max_int; min_int ];
  fill int32 [ 7l ]; fill float64 [ 0.5 ]; fill int64 [ 1L ]

(* Loops: what is the same in each turn is done in front, but not earlier than anything else shows. *)
let () =
  let rows = [| [| 1; 2; 3 |]; [| 4; 5 |] |] in
  let total i = let s = ref 0 in for k = 0 to 2 do s := !s + (rows.(i).(k) * k) done; !s in
  let attempt i = try print "%d\n" (total (any i)) with Invalid_argument m -> print "%s\n" m in
  attempt 0; attempt 1; attempt 2;
  let divided a i d n = let s = ref 0 in for k = 1 to n do s := !s + (k / d) + a.(i) done; !s in
  let attempt i d n =
    try print "%d\n" (divided [| 3; 4 |] (any i) (any d) (any n)) with e -> print "%s\n" (Printexc.to_string e)
  in
  attempt 1 2 5; attempt 5 0 5; attempt 5 1 5; attempt 5 0 0; attempt 1 0 1;
  let count from limit = let n = ref 0 in for i = from to limit do n := !n + (i land 1) done; !n in
  print "%d %d %d\n" (count (any (max_int - 3)) (any max_int)) (count (any 5) (any 5)) (count (any 5) (any 4));
  let down from limit = let n = ref 0 in for i = from downto limit do n := !n + i done; !n in
  print "%d %d\n" (down (any (min_int + 2)) (any min_int)) (down (any 3) (any (-3)));
  let b = Bytes.of_string "some text with letters" in
  let vowels = ref 0 in
  for i = 0 to Bytes.length b - 1 do match Bytes.get b i with 'a' | 'e' | 'i' | 'o' | 'u' -> incr vowels | _ -> () done;
  print "%d\n" !vowels

let () =
  let rotate x n = Int32.logor (Int32.shift_left x n) (Int32.shift_right_logical x (32 - n)) in
  print "%lx %lx %lx\n" (rotate (any 0x12345678l) 8) (rotate (any 0x80000001l) 1) (rotate (any (-2l)) 31);
  List.iter
    (fun (a, b) ->
      print "%Ld %Ld " (Int64.div a b) (Int64.rem a b);
      let n = Int64.to_int b land 63 in
      print "%Ld %Ld %Ld\n" (Int64.shift_left a n) (Int64.shift_right a n) (Int64.shift_right_logical a n))
    [ (100L, 7L); (-100L, 7L); (100L, -7L); (Int64.min_int, -1L); (Int64.max_int, 0x100000001L); (5L, 40L) ];
  try print "%Ld\n" (Int64.div 1L (any 0L)) with Division_by_zero -> print "division by zero\n"

(* a constant of more than 31 bits is what is left of it *)
let () =
  let bound = 0x6FFFFFFF in
  print_endline (if bound < 0 then "cut to 31 bits" else "wide")
