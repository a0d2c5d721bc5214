(* SPDX-License-Identifier: Apache-2.0 *)
(* Numbers where operations overflow, as constants, unknown, and carried round loops; loops at the ends of their range. *)
let unknown = Sys.opaque_identity
let list f l = print_endline (String.concat " " (List.map f l))

let () =
  let each l = List.iter (fun a -> List.iter (fun b ->
    let q f = try Int32.to_string (f a b) with Division_by_zero -> "/0" in
    list q [ Int32.add; Int32.sub; Int32.mul; Int32.div; Int32.rem; Int32.logxor ]) l) l in
  each [ Int32.min_int; Int32.max_int; -1l; 0l; 1l; 7l; -7l; 0x10000l ]

let () =
  let each l = List.iter (fun a -> List.iter (fun b ->
    let q f = try Int64.to_string (f a b) with Division_by_zero -> "/0" in
    list q [ Int64.add; Int64.sub; Int64.mul; Int64.div; Int64.rem; Int64.logand ]) l) l in
  each [ Int64.min_int; Int64.max_int; -1L; 0L; 1L; 0xFFFFFFFFL; -0x100000000L; 0x80000000L; -7L ]

let () =
  let a = ref Int32.min_int and b = ref Int64.min_int and c = ref 0. and d = ref 1n in
  for i = -3 to 3 do
    (try a := Int32.div !a (Int32.of_int i) with Division_by_zero -> a := Int32.min_int);
    (try b := Int64.div !b (Int64.of_int i) with Division_by_zero -> b := Int64.min_int);
    c := !c +. Int32.to_float !a /. float_of_int i;
    d := Nativeint.of_int32 (Nativeint.to_int32 (Nativeint.mul !d 12345n));
    Printf.printf "%ld %Ld %h %nd\n" !a !b !c !d
  done;
  for s = 0 to 31 do
    Printf.printf "%ld %ld %ld\n" (Int32.shift_left !a s) (Int32.shift_right !a s) (Int32.shift_right_logical !a s)
  done;
  for s = 0 to 63 do
    Printf.printf "%Ld %Ld %Ld\n" (Int64.shift_left 0x123456789ABCDEFL s) (Int64.shift_right !b s)
      (Int64.shift_right_logical Int64.min_int s)
  done

let () =
  let turns = ref 0 in
  for i = 1073741821 to 1073741823 do incr turns; print_int (i land 255); print_char ' ' done;
  for i = -1073741822 downto -1073741824 do incr turns; print_int (i land 255); print_char ' ' done;
  let high = unknown 1073741823 and low = unknown (-1073741824) in
  for i = high - 1 to high do incr turns; print_int (i land 255); print_char ' ' done;
  for i = low + 1 downto low do incr turns; print_int (i land 255); print_char ' ' done;
  for i = high to low do turns := -1000 + i done;
  for i = low downto high do turns := -1000 + i done;
  for i = high to high do incr turns; print_int (i land 255) done;
  for i = low downto low do incr turns; print_int (i land 255) done;
  Printf.printf " %d\n" !turns

let () =
  let l = [ 536870911; -536870912; 0; 1; -1; 7; -8; 1000003 ] in
  List.iter (fun a ->
    list string_of_int
      [ a / 1; a / -1; a / 2; a / -2; a / 3; a / -3; a / 7; a / 8; a / -8; a / 10; a / 100; a / 536870911; a / -536870912;
        a mod 1; a mod -1; a mod 2; a mod -2; a mod 3; a mod -3; a mod 7; a mod 8; a mod -8; a mod 10; a mod 536870911;
        a asr 1; a asr 29; a asr 30; (a land 0xFF) lsl 3; a land 1; a land -2; a lor 1; a lxor -1; -a; lnot a; abs a;
        (a asr 3) land 31; (a asr 20) land 1023; compare a 0; min a 5; max a (-5) ];
    List.iter (fun b ->
      let q f = try string_of_int (f a b) with Division_by_zero -> "/0" in
      list q [ ( / ); (fun a b -> a mod b); (fun a b -> a / (b lor 1)); compare; (fun a b -> if a < b then 1 else if a >= b then 2 else 3) ]) l) l

let () =
  let floats = [ 0.; -0.; 1.5; -1.5; 0.5; -0.5; 2.5; 1e9; -1e9; 1e300; infinity; neg_infinity; nan; 4.9e-324; 4503599627370497.5 ] in
  let s x = if x <> x then "nan" else Printf.sprintf "%h" x in
  List.iter (fun a ->
    list s [ sqrt a; floor a; ceil a; Float.round a; Float.trunc a; -.a; abs_float a; a *. 2.; a /. 3.; ldexp a 3; Float.rem a 1.1 ];
    List.iter (fun b ->
      list string_of_bool [ a < b; a <= b; a > b; a >= b; a = b; a <> b; compare a b < 0; compare a b = 0; Float.equal a b; min a b = a; max a b = b ];
      list s [ a +. b; a -. b; a *. b; a /. b; Float.min a b; Float.max a b; Float.copy_sign a b ]) floats) floats;
  List.iter (fun a -> if abs_float a < 1e9 then Printf.printf "%d %ld %Ld\n" (int_of_float a) (Int32.of_float a) (Int64.of_float a)) floats;
  list (fun x -> s (Int64.to_float x)) [ Int64.min_int; Int64.max_int; 0x20000000000001L; 0x20000000000003L; -1L; 0xFFFFFFFFFFFFFC00L ];
  list (fun x -> s (Int32.float_of_bits x)) [ 1l; 0x7F7FFFFFl; 0x3F800001l; Int32.min_int ];
  list (fun x -> Int32.to_string (Int32.bits_of_float x)) [ 0.1; 1e-45; 3.4028236e38; 1e39; -0.; 1.00000005960464478 ]

type point = { mutable x : float; mutable y : float }
let () =
  let p = { x = 1.; y = 2. } and a = Array.make 4 0.5 and m = Array.make_matrix 2 3 1.25 in
  for i = 0 to 5 do
    (try a.(i) <- p.x +. a.(i - 1) with Invalid_argument e -> p.y <- p.y *. 2.; print_string (e ^ " "));
    p.x <- p.x *. p.y -. float_of_int i;
    (try m.(i land 1).(i) <- p.x with Invalid_argument _ -> p.x <- p.x /. 1024.)
  done;
  list (Printf.sprintf "%h") (p.x :: p.y :: Array.to_list a @ List.concat_map Array.to_list (Array.to_list m));
  let s = "bounds" and b = Bytes.make 9 'a' in
  List.iter (fun i ->
    let q f = try string_of_int (f ()) with Invalid_argument e -> e in
    list q
      [ (fun () -> Char.code s.[i]); (fun () -> Char.code (Bytes.get b i)); (fun () -> Bytes.set b i 'b'; i);
        (fun () -> Bytes.get_int16_le b i); (fun () -> Int32.to_int (Bytes.get_int32_be b i) land 0xFFFF);
        (fun () -> Int64.to_int (Bytes.get_int64_le b i) land 0xFFFF); (fun () -> Bytes.set_int64_be b i 77L; i);
        (fun () -> String.get_uint16_be s i) ]) [ -1; 0; 1; 2; 4; 5; 6; 8; 9; 1073741823; -1073741824 ]

type t = A | B | C of int | D of t * float | E of { mutable e : int; f : string } | F of int64 array
let () =
  let values = [ A; B; C 0; C (-1); D (A, 1.); D (C 0, nan); D (A, -0.); D (A, 0.); E { e = 1; f = "a" }; E { e = 1; f = "b" }; F [||]; F [| 1L; 2L |]; F [| 1L |] ] in
  List.iter (fun a ->
    list (fun b -> Printf.sprintf "%d%b%b%b" (compare a b) (a = b) (a < b) (a >= b)) values) values;
  let rec l = 1 :: 2 :: m and m = 3 :: l in
  let rec even n = n = 0 || odd (n - 1) and odd n = n <> 0 && even (n - 1) in
  let rec f = { contents = fun n -> if n <= 0 then [] else List.nth l n :: !f (n - 1) } in
  list string_of_int (!f 9);
  list string_of_bool [ even 1000; odd 77; m == List.tl (List.tl l) ]

exception Stop of int
let () =
  let log = Buffer.create 10 in
  for i = 0 to 9 do
    let exception Local of float in
    try
      (try
        for j = i downto i - 3 do
          try
            if j = 4 then raise (Stop (i * j)) else if j mod 3 = 0 then raise Not_found else if j < 0 then raise_notrace Exit
            else if j = 7 then raise (Local (float_of_int j /. 2.))
            else Buffer.add_string log (string_of_int j)
          with Not_found -> Buffer.add_char log 'n' | Stop n when n land 3 = 0 -> Buffer.add_string log (Printf.sprintf "<%d>" n)
        done
      with Exit -> Buffer.add_char log 'x' | Local f -> Buffer.add_string log (Printf.sprintf "%h" f));
      Buffer.add_char log '.'
    with Stop n -> Buffer.add_string log (Printf.sprintf "{%d}" n)
  done;
  print_endline (Buffer.contents log)
