(* SPDX-License-Identifier: Apache-2.0 *)
(* Integers of all widths at their ends: overflow, signed division by constants and variables, shifts, conversions, against slow definitions on lists of bits. *)

(* 31-bit ints by 16-bit halves *)
let edges = [ 0; 1; 2; 3; 5; 7; 10; 16; 100; 127; 255; 256; 1000; 32767; 65535; 65536; 0x2AAAAAAA; max_int - 1; max_int; -1; -2; -3; -7; -8; -10; -16; -100; -128; -32768; -65536; min_int + 1; min_int ]

let slow_mul a b =
  (* by adding doubles *)
  let rec go a b acc = if b = 0 then acc else go (a + a) (b lsr 1) (if b land 1 = 1 then acc + a else acc) in
  go a b 0

let slow_div a b =
  if b = 0 then raise Division_by_zero
  else if b = 1 then (a, 0)
  else if b = min_int then if a = min_int then (1, 0) else (0, a)
  else begin
    (* on negative numbers, which reach farther *)
    let na = if a > 0 then -a else a and nb = if b > 0 then -b else b in
    let rec go r q = if r > nb then (q, r) else go (r - nb) (q + 1) in
    let rec fast r q d n = if d >= nb && d > min_int / 2 && r <= d && false then (q, r, n) else if r > nb then (q, r, n) else begin
      let rec grow d k = if d < min_int / 2 || r > d + d then (d, k) else grow (d + d) (k + k) in
      let d, k = grow nb 1 in
      fast (r - d) (q + k) d n end in
    ignore go;
    let q, r, _ = fast na 0 0 0 in
    let q = if a < 0 <> (b < 0) then -q else q in
    (q, if a > 0 then -r else r)
  end

let check name a b expected v = if v <> expected then Printf.printf "%s %d %d: %d, not %d\n" name a b v expected

let () =
  let mul = ref 0 and sum = ref 0 in
  List.iter
    (fun a ->
      List.iter
        (fun b ->
          check "*" a b (slow_mul a b) (a * b);
          mul := !mul lxor (a * b);
          (match slow_div a b with
          | q, r ->
              check "/" a b q (a / b);
              check "mod" a b r (a mod b);
              sum := (!sum * 3) + q + r
          | exception Division_by_zero -> ( match a / b with v -> Printf.printf "%d / 0 = %d\n" a v | exception Division_by_zero -> ( match a mod b with v -> Printf.printf "%d mod 0 = %d\n" a v | exception Division_by_zero -> incr sum)));
          check "-" a b (a + lnot b + 1) (a - b);
          check "compare" a b (if a < b then -1 else if a > b then 1 else 0) (compare a b);
          check "xor" a b ((a lor b) - (a land b)) (a lxor b))
        edges)
    edges;
  Printf.printf "products %d, quotients %d\n" !mul !sum

(* Division by constants: the compiler may have a way of its own for each *)
let by_constants a = [ a / 2; a / 3; a / 4; a / 5; a / 7; a / 8; a / 10; a / 16; a / 100; a / 641; a / 1024; a / 65536; a / -1; a / -2; a / -3; a / -8; a / -10; a / 0x3FFFFFFF; a mod 2; a mod 3; a mod 4; a mod 7; a mod 8; a mod 10; a mod 1000; a mod 4096; a mod -4; a mod -5; a mod -1; a mod 1; a / 1 ]
let constants = [ 2; 3; 4; 5; 7; 8; 10; 16; 100; 641; 1024; 65536; -1; -2; -3; -8; -10; 0x3FFFFFFF ]
let modulos = [ 2; 3; 4; 7; 8; 10; 1000; 4096; -4; -5; -1; 1 ]

let () =
  let h = ref 0 in
  let numbers = edges @ List.init 60 (fun i -> (i * i * i * 37) - (i * 4001)) in
  List.iter
    (fun a ->
      let l = by_constants a in
      let rec zip l c op = match (l, c) with v :: l, k :: c -> check "by constant" a k (op a (Sys.opaque_identity k)) v; zip l c op | l, [] -> l | [], _ -> [] in
      let l = zip l constants ( / ) in
      let l = zip l modulos ( mod ) in
      h := List.fold_left (fun h v -> (h * 31) + v) !h l)
    numbers;
  Printf.printf "by constants %d\n" !h

(* Shifts *)
let () =
  let h = ref 0 in
  List.iter
    (fun a ->
      for n = 0 to 30 do
        let rec left a k = if k = 0 then a else left (a + a) (k - 1) in
        let rec right a k = if k = 0 then a else right ((a - (a land 1)) / 2) (k - 1) in
        let rec logical a k = if k = 0 then a else logical (right a 1 land max_int) (k - 1) in
        check "lsl" a n (left a n) (a lsl n);
        check "asr" a n (right a n) (a asr n);
        check "lsr" a n (logical a n) (a lsr n);
        h := (!h * 5) lxor (a lsl n) lxor (a lsr (30 - n)) lxor (a asr n)
      done;
      h := !h + (a lsl 3) + (a lsr 5) + (a asr 7) + ((a lsl 24) asr 24) + ((a lsr 8) land 255) + ((a asr 30) lxor a))
    edges;
  Printf.printf "shifts %d\n" !h

(* Int32, Int64, Nativeint by one functor; a slow model on lists of bits *)
module type INT = sig
  type t

  val bits : int
  val zero : t
  val one : t
  val minus_one : t
  val min_int : t
  val max_int : t
  val add : t -> t -> t
  val sub : t -> t -> t
  val mul : t -> t -> t
  val div : t -> t -> t
  val rem : t -> t -> t
  val neg : t -> t
  val logand : t -> t -> t
  val logxor : t -> t -> t
  val lognot : t -> t
  val shift_left : t -> int -> t
  val shift_right : t -> int -> t
  val shift_right_logical : t -> int -> t
  val of_int : int -> t
  val to_int : t -> int
  val to_float : t -> float
  val of_float : float -> t
  val to_string : t -> string
  val of_string : string -> t
  val compare : t -> t -> int
  val unsigned_compare : t -> t -> int
  val unsigned_div : t -> t -> t
  val unsigned_rem : t -> t -> t
end

module Check (I : INT) = struct
  let bit x i = I.logand (I.shift_right_logical x i) I.one <> I.zero
  let to_bits x = List.init I.bits (bit x)
  let of_bits l = List.fold_right (fun b x -> I.add (I.add x x) (if b then I.one else I.zero)) l I.zero
  let add_bits a b = let _, r = List.fold_left2 (fun (c, r) x y -> ((x && y) || (c && (x || y)), (x <> y <> c) :: r)) (false, []) a b in List.rev r
  let shift n l = List.filteri (fun i _ -> i < I.bits) (List.init n (fun _ -> false) @ l)
  let mul_bits a b = snd (List.fold_left (fun (n, acc) y -> (n + 1, if y then add_bits acc (shift n a) else acc)) (0, List.map (fun _ -> false) a) b)

  let run name =
    let numbers = [ I.zero; I.one; I.of_int 10; I.of_int 12345; I.max_int; I.minus_one; I.of_int (-7); I.min_int; I.add I.min_int I.one; I.shift_left I.one (I.bits / 2); I.shift_right I.min_int 5; I.of_string "0x12345678" ] in
    let wrong = ref 0 and h = ref I.zero in
    let test a b = if compare a b <> 0 then incr wrong in
    let mix v = h := I.logxor (I.mul !h (I.of_int 31)) v in
    List.iter
      (fun a ->
        test (of_bits (to_bits a)) a;
        test (I.of_string (I.to_string a)) a;
        test (I.neg a) (I.add (I.lognot a) I.one);
        mix (I.of_int (I.to_int a));
        if I.bits = 32 then test (I.of_float (I.to_float a)) a;
        List.iter (fun n -> test (I.shift_left a n) (of_bits (shift n (to_bits a))); mix (I.shift_right a n); mix (I.shift_right_logical a n); if n > 0 then test (I.shift_right_logical a n) (I.logand (I.shift_right a n) (I.lognot (I.shift_left I.minus_one (I.bits - n))))) [ 0; 1; 7; I.bits / 2; I.bits - 1 ];
        List.iter
          (fun b ->
            test (I.sub (I.add a b) b) a;
            test (to_bits (I.add a b)) (add_bits (to_bits a) (to_bits b));
            mix (I.mul a b);
            (match (I.div a b, I.rem a b) with
            | q, r ->
                test (I.add (I.mul q b) r) a;
                mix q;
                mix (I.unsigned_div a b);
                test (I.add (I.mul (I.unsigned_div a b) b) (I.unsigned_rem a b)) a
            | exception Division_by_zero -> if b <> I.zero then incr wrong);
            test (I.unsigned_compare a b) (I.compare (I.logxor a I.min_int) (I.logxor b I.min_int)))
          numbers;
        List.iter (fun b -> test (to_bits (I.mul a b)) (mul_bits (to_bits a) (to_bits b))) [ I.of_int (-3); I.of_int 1000003; a ])
      numbers;
    Printf.printf "%s: %d wrong, %s\n" name !wrong (I.to_string !h)
end

let () =
  let module A = Check (struct include Int32 let bits = 32 end) in
  let module B = Check (struct include Int64 let bits = 64 end) in
  let module C = Check (struct include Nativeint let bits = size end) in
  A.run "int32";
  B.run "int64";
  C.run "nativeint"

(* Unboxed paths: sums in loops, joins, conversions between all *)
let () =
  let a = ref 1l and b = ref 1L and c = ref 1n and d = ref 1 and f = ref 1. in
  for i = 1 to 2000 do
    (a := if i land 1 = 0 then Int32.add !a (Int32.of_int !d) else Int32.sub (Int32.mul !a 3l) 1l);
    (b := match i mod 3 with 0 -> Int64.add !b (Int64.of_int32 !a) | 1 -> Int64.shift_left !b 1 | _ -> Int64.logxor !b 0x5555_5555_5555L);
    c := Nativeint.add !c (Nativeint.of_int32 (Int32.logxor !a (Int64.to_int32 !b)));
    d := (!d * 7) + Nativeint.to_int !c + Int64.to_int (Int64.shift_right !b 40);
    if i mod 50 = 0 then f := !f +. Int32.to_float !a +. Int64.to_float (Int64.rem !b 1000L);
    if !f > 1e12 then f := 0.
  done;
  Printf.printf "%ld %Ld %nd %d %.0f\n" !a !b !c !d !f

let () =
  List.iter (fun x -> Printf.printf "%d %ld %Ld " (int_of_float x) (Int32.of_float x) (Int64.of_float x)) [ 0.; -0.9; 1.9; -1.9; 123456789.7; -1e9; 1073741823.; 4e8 ];
  print_newline ();
  List.iter
    (fun s ->
      let show f = try f s with Failure _ -> "failure" in
      Printf.printf "%s: %s %s %s\n" s (show (fun s -> string_of_int (int_of_string s))) (show (fun s -> Int32.to_string (Int32.of_string s))) (show (fun s -> Int64.to_string (Int64.of_string s))))
    [ "1073741823"; "1073741824"; "-1073741824"; "-1073741825"; "0x7fffffff"; "0x80000000"; "0u2147483648"; "0u4294967295"; "2147483647"; "2147483648"; "-2147483648"; "0b1010"; "0o777"; "1_000_000"; "-0x10"; "+5"; ""; "-"; "0x"; "12a"; "9223372036854775807"; "9223372036854775808"; "0xFFFFFFFFFFFFFFFF"; "0u18446744073709551615" ]
