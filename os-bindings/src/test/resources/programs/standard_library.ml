(* SPDX-License-Identifier: Apache-2.0 *)
(* Most of the standard library; prints the same on machines of 32 and of 64 bits. *)
let pr = Printf.printf
let () =
  (* floats *)
  List.iter (fun f -> pr "%g %f %e %.17g %h %s\n" f f f f f (string_of_float f))
    [0.; -0.; 1.; 0.1; 1e22; 1e23; 123456789.123; 1e-5; 3.14159265358979; 2.5; 1e300; 5e-324; 1.7976931348623157e308; infinity; neg_infinity; nan; 1./.3.];
  List.iter (fun s -> pr "%.17g\n" (float_of_string s))
    ["0.1"; "1e22"; "123456789012345678901234567890"; "2.2250738585072011e-308"; "2.2250738585072014e-308"; "4.9e-324"; "1.7976931348623157e308"; "0x1.8p3"; "9007199254740993"; "1e-400"; "3.0517578125e-05"; "8.41"; "0.3";"179769313486231570814527423731704356798070567525844996598917476803157260780028538760589558632766878171540458953514382464234321326889464182768467546703537516986049910576551282076245490090389328944075868508455133942304583236903222948165808559332123347747"];
  List.iter (fun f -> pr "%.10f %.10f %.10f %.10f %.10f %.10f\n" (sin f) (cos f) (exp f) (log (abs_float f +. 1.)) (sqrt (abs_float f)) (atan2 f 2.)) [0.5; 1.0; -2.0; 10.5; 1e5 /. 1e4];
  pr "%d %d %d\n" (truncate 3.99) (truncate (-3.99)) (int_of_float 1e6);
  pr "%.3f %.0f %5.2f|%-8.1f|%+d|%05d|%x|%X|%o|%c|%S\n" 2.0005 2.5 3.14159 1.25 5 42 255 255 8 'a' "q\"\n";
  (* ints *)
  pr "%d %d %d %d\n" (17/5) (-17/5) (17 mod 5) (-17 mod 5);
  pr "%ld %ld %lx\n" (Int32.div 100000l 7l) (Int32.rem (-100000l) 7l) (Int32.shift_left 1l 31);
  pr "%Ld %Ld %Lx %Ld\n" (Int64.div 1234567890123456789L 987654321L) (Int64.rem (-1234567890123456789L) 987654321L) (Int64.mul 0x123456789ABCDEFL 0xFEDCBA987L) (Int64.of_string "-9223372036854775808");
  pr "%Lu %s\n" (-1L) (Int64.to_string (Int64.of_float 1e18));
  pr "%.17g %.17g\n" (Int64.to_float 0x7FFFFFFFFFFFFFFFL) (Int32.to_float (-5l));
  pr "%Lx %lx\n" (Int64.bits_of_float 1.5) (Int32.bits_of_float 0.1);
  (* strings, buffers *)
  let b = Buffer.create 10 in
  for i = 0 to 1000 do Buffer.add_string b (string_of_int i) done;
  pr "%d %s\n" (Buffer.length b) (Digest.to_hex (Digest.string (Buffer.contents b)));
  pr "%s\n" (String.concat "," (String.split_on_char ' ' "a b  c"));
  pr "%s %s\n" (String.uppercase_ascii "hello") (String.escaped "a\tb\000");
  (* hashtbl, map, set *)
  let h = Hashtbl.create 16 in
  for i = 0 to 999 do Hashtbl.replace h (string_of_int i) i done;
  let s = Hashtbl.fold (fun _ v a -> v + a) h 0 in pr "%d %d\n" (Hashtbl.length h) s;
  pr "%d %d\n" (Hashtbl.hash "abc") (Hashtbl.hash (1, [2.5; 3.], "x"));
  let module M = Map.Make(String) in
  let m = Hashtbl.fold M.add h M.empty in
  pr "%d %s\n" (M.cardinal m) (fst (M.max_binding m));
  (* exceptions *)
  (try failwith "boom" with Failure s -> pr "%s\n" s);
  (try ignore (List.hd []) with e -> pr "%s\n" (Printexc.to_string e));
  (try ignore ([|1|].(Sys.opaque_identity 5)) with e -> pr "%s\n" (Printexc.to_string e));
  (try ignore (1 / Sys.opaque_identity 0) with e -> pr "%s\n" (Printexc.to_string e));
  (try ignore (Int64.div 1L (Sys.opaque_identity 0L)) with e -> pr "%s\n" (Printexc.to_string e));
  (try ignore (open_in "nothing") with e -> pr "%s\n" (Printexc.to_string e));
  let rec deep n = if n = 0 then 0 else 1 + deep (n - 1) in
  (try pr "%d\n" (deep (Sys.opaque_identity 100_000_000)) with Stack_overflow -> pr "Stack_overflow\n");
  (* marshal *)
  let v = (1, "two", [3.0; 4.5], [|5L; 6L|], Some 'c') in
  let v' = Marshal.from_string (Marshal.to_string v []) 0 in
  pr "%b\n" (v = v');
  let rec cyc = 1 :: 2 :: cyc in
  let c' : int list = Marshal.from_string (Marshal.to_string cyc []) 0 in
  pr "%d %b\n" (List.nth c' 5) (List.tl (List.tl c') == c');
  (* weak, finalise, ephemerons *)
  let w = Weak.create 2 in
  let r = ref (Some (Bytes.make 100 'x')) in
  Weak.set w 0 !r; Gc.full_major (); pr "%b " (Weak.check w 0);
  r := None; Gc.full_major (); pr "%b\n" (Weak.check w 0);
  let fin = ref false in
  (let x = Bytes.make 10 'a' in Gc.finalise (fun _ -> fin := true) x; ignore (Sys.opaque_identity x));
  Gc.full_major (); Gc.full_major (); pr "%b\n" !fin;
  (* lazy, objects, first-class modules *)
  let l = lazy (pr "once "; 42) in pr "%d %d\n" (Lazy.force l) (Lazy.force l);
  let o = object val mutable x = 0 method incr = x <- x + 1 method get = x end in
  o#incr; o#incr; pr "%d\n" o#get;
  (* compare *)
  pr "%d %d %b %b\n" (compare [1;2;3] [1;2;4]) (compare nan 1.0) (nan = nan) (1.0 = 1.0);
  let a = Array.init 1000 (fun i -> (i * 7919) mod 1000) in
  Array.sort compare a; pr "%d %d\n" a.(0) a.(999);
  let fa = Array.init 100 float in pr "%g\n" (Array.fold_left (+.) 0. fa);
  Scanf.sscanf "12 foo 3.5" "%d %s %f" (fun a b c -> pr "%d %s %g\n" a b c);
  Format.printf "@[<v>%d@,%s@]@." 1 "fmt";
  pr "%s\n" (Printf.sprintf "%a" (fun () x -> "<" ^ x ^ ">") "z");
  (* gc pressure *)
  let t = ref [] in
  for i = 1 to 300 do t := Array.make 20 i :: (if i mod 100 = 0 then [] else !t) done;
  pr "%d\n" (List.length !t);
  let st = ref 0 in
  for i = 1 to 20000 do st := !st + String.length (string_of_int i) done; pr "%d\n" !st;
  Random.init 42; pr "%d %d\n" (Random.int 1000) (Random.int 1000);
  pr "%s\n" Sys.os_type; 
  let ba = Bigarray.(Array1.create float32 c_layout 4) in Bigarray.Array1.fill ba 1.1; pr "%.9g\n" ba.{2};
  pr "end\n%!"
