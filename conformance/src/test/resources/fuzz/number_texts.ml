(* SPDX-License-Identifier: Apache-2.0 *)
(* Texts that are numbers or nearly so, read by all that reads numbers. Arguments: how many, a seed, "verbose" for every line. *)
let argument n = if Array.length Sys.argv > n then Sys.argv.(n) else ""
let count = try int_of_string (argument 1) with Failure _ -> 400
let seed = try int_of_string (argument 2) with Failure _ -> 0
let verbose = argument 3 = "verbose"
let state = ref (Int64.logxor 88172645463325252L (Int64.mul (Int64.of_int seed) 0x9E3779B97F4A7C15L))

let next () =
  let open Int64 in
  let x = logxor !state (shift_left !state 13) in
  let x = logxor x (shift_right_logical x 7) in
  state := logxor x (shift_left x 17);
  to_int (shift_right_logical (mul !state 0x2545F4914F6CDD1DL) 34)

let below n = next () mod n
let pick a = a.(below (Array.length a))
let digits of_what n = String.init n (fun _ -> of_what.[below (String.length of_what)])
let decimal = "0123456789" and hexadecimal = "0123456789abcdefABCDEF"
let few () = 1 + below (pick [| 2; 5; 12; 25 |])
let blank () = pick [| ""; ""; ""; ""; ""; " "; "\t"; "\n "; "\r"; "\011"; "\012" |]
let sign () = pick [| ""; ""; ""; "-"; "+" |]

(* Integers at the borders of their types, and any. *)
let integer () =
  let borders =
    [| "0"; "1073741823"; "1073741824"; "1073741825"; "2147483647"; "2147483648"; "4294967295"; "4294967296";
       "9223372036854775807"; "9223372036854775808"; "18446744073709551615"; "18446744073709551616";
       "0x3fffffff"; "0x7FFFFFFF"; "0x80000000"; "0xffffffff"; "0x100000000"; "0x7fffffffffffffff"; "0x8000000000000000";
       "0xFFFFFFFFFFFFFFFF"; "0x10000000000000000"; "0u4294967295"; "0u2147483647"; "0u2147483648"; "0u4294967296";
       "0u18446744073709551615"; "0u18446744073709551616"; "0b11111111111111111111111111111111"; "0o37777777777";
       "0o40000000000"; "0o1777777777777777777777"; "0o2000000000000000000000"; "0O17"; "0B101"; "0U12"; "0X1f" |] in
  match below 7 with
  | 0 -> pick borders
  | 1 -> "0x" ^ digits hexadecimal (few ())
  | 2 -> "0o" ^ digits "01234567" (few ())
  | 3 -> "0b" ^ digits "01" (1 + below 70)
  | 4 -> "0u" ^ digits decimal (few ())
  | _ -> digits decimal (few ())

let exponent letter =
  match below 4 with
  | 0 -> ""
  | 1 -> letter ^ sign () ^ digits decimal (1 + below 2)
  | 2 -> letter ^ sign () ^ digits "0123" 3
  | _ -> letter ^ sign () ^ pick [| "0"; "00007"; "308"; "309"; "323"; "324"; "1023"; "1074"; "1075"; "99999"; "4294967297"; "2147483648"; "" |]

(* Between two doubles, or nearly: rounding has to look at the last digit. *)
let halfway () =
  let even = Int64.logor (Int64.shift_left (Int64.of_int (below 0x40000)) 35) (Int64.of_int (1 + below 9)) in
  let odd = Int64.add (Int64.mul (Int64.add 9007199254740992L (Int64.logand even 0xFFFFFFFFFFFFL)) 2L) 1L in
  Int64.to_string odd ^ pick [| ""; "."; ".0"; ".00000000000000000000000000000001"; "e0"; "e1"; "e-3"; "e22" |]

let hex_halfway () =
  "0x1." ^ digits hexadecimal 12 ^ pick [| "0"; "f"; "1"; "8" |]
  ^ pick [| "8"; "80"; "7fffffffffff"; "8000000000000000001"; "800000000000000000000"; "" |] ^ exponent "p"

let real () =
  match below 9 with
  | 0 -> digits decimal (few ()) ^ "." ^ digits decimal (below 20) ^ exponent "e"
  | 1 -> "." ^ digits decimal (few ()) ^ exponent "E"
  | 2 -> digits decimal (few ()) ^ exponent "e"
  | 3 -> "0x" ^ digits hexadecimal (below 20) ^ "." ^ digits hexadecimal (below 20) ^ exponent "p"
  | 4 -> "0X" ^ digits hexadecimal (few ()) ^ exponent "P"
  | 5 -> halfway ()
  | 6 -> hex_halfway ()
  | 7 -> pick [| "4.9406564584124654e-324"; "2.4703282292062327e-324"; "2.4703282292062328e-324"; "2.2250738585072011e-308";
                 "2.2250738585072014e-308"; "1.7976931348623157e308"; "1.7976931348623158e308"; "1.7976931348623159e308";
                 "0x1p-1074"; "0x1p-1075"; "0x1.8p-1075"; "0x1.fffffffffffff8p1023"; "0x1.fffffffffffff7p1023"; "0x0.0000000000001p-1022" |]
  | _ -> pick [| "nan"; "inf"; "infinity"; "NaN"; "INF"; "Infinity"; "nan(12)"; "nan()"; "nan(0x1f)"; "infinit"; "na"; "." ; "e5"; "0x"; "0x."; "0x.p1"; "0xp"; "1e"; "1e+"; "0x1p"; "0x1p+"; "true"; "false" |]

(* What does not belong, or an underscore, which may. *)
let damage s =
  let junk = pick [| "_"; "_"; "__"; " "; "\000"; "."; "e"; "p"; "x"; "-"; "+"; "0x"; "g"; "L"; "\t"; "1"; "\255" |] in
  let at = below (String.length s + 1) in
  match below 8 with
  | 0 | 1 -> String.sub s 0 at ^ junk ^ String.sub s at (String.length s - at)
  | 2 -> s ^ junk
  | 3 -> if at < String.length s then String.sub s 0 at ^ String.sub s (at + 1) (String.length s - at - 1) else s
  | _ -> s

let text () =
  let core = if below 2 = 0 then integer () else real () in
  let s = damage (blank () ^ sign () ^ core ^ blank ()) in
  if below 10 = 0 then damage s else s

let shown f = match f () with s -> String.escaped s | exception e -> Printexc.to_string e
let show_float x = Printf.sprintf "%h %.17g %Lx" x x (Int64.bits_of_float x)

let readings s =
  [ "float", (fun () -> show_float (float_of_string s));
    "int32", (fun () -> Int32.to_string (Int32.of_string s));
    "int64", (fun () -> Int64.to_string (Int64.of_string s));
    "bool", (fun () -> string_of_bool (bool_of_string s));
    "%f", (fun () -> Scanf.sscanf s "%f%s" (fun x r -> show_float x ^ r));
    " %g", (fun () -> Scanf.sscanf s " %g%n" (fun x n -> Printf.sprintf "%s %d" (show_float x) n));
    "%h", (fun () -> Scanf.sscanf s "%h%s@\n" (fun x r -> show_float x ^ r));
    " %F", (fun () -> Scanf.sscanf s " %F%n" (fun x n -> Printf.sprintf "%s %d" (show_float x) n));
    "%5e", (fun () -> Scanf.sscanf s "%5e%n" (fun x n -> Printf.sprintf "%s %d" (show_float x) n));
    "%.3f", (fun () -> Scanf.sscanf s "%7.3f%n" (fun x n -> Printf.sprintf "%s %d" (show_float x) n));
    "%ld", (fun () -> Scanf.sscanf s " %ld%n" (fun x n -> Printf.sprintf "%ld %d" x n));
    "%Li", (fun () -> Scanf.sscanf s " %Li%n" (fun x n -> Printf.sprintf "%Ld %d" x n));
    "%lx", (fun () -> Scanf.sscanf s "%lx%n" (fun x n -> Printf.sprintf "%ld %d" x n));
    "%Lu", (fun () -> Scanf.sscanf s "%Lu%n" (fun x n -> Printf.sprintf "%Lu %d" x n));
    "%lo", (fun () -> Scanf.sscanf s "%6lo%n" (fun x n -> Printf.sprintf "%ld %d" x n));
    "%B", (fun () -> Scanf.sscanf s " %B" string_of_bool);
    "int", (fun () -> string_of_int (int_of_string s));
    "nativeint", (fun () -> Nativeint.to_string (Nativeint.of_string s));
    "%d", (fun () -> Scanf.sscanf s " %d%n" (fun x n -> Printf.sprintf "%d %d" x n));
    "%i", (fun () -> Scanf.sscanf s "%i%n" (fun x n -> Printf.sprintf "%d %d" x n));
    "%x", (fun () -> Scanf.sscanf s "%x%n" (fun x n -> Printf.sprintf "%d %d" x n));
    "%o", (fun () -> Scanf.sscanf s "%o%n" (fun x n -> Printf.sprintf "%d %d" x n));
    "%u", (fun () -> Scanf.sscanf s "%u%n" (fun x n -> Printf.sprintf "%u %d" x n));
    "%3d", (fun () -> Scanf.sscanf s "%3d%n" (fun x n -> Printf.sprintf "%d %d" x n));
    "%nd", (fun () -> Scanf.sscanf s " %nd%n" (fun x n -> Printf.sprintf "%nd %d" x n)) ]

let () =
  let sum = ref "" in
  for i = 1 to count do
    let s = text () in
    let line =
      String.escaped s ^ String.concat "" (List.map (fun (name, f) -> Printf.sprintf " | %s %s" name (shown f)) (readings s)) in
    sum := Digest.string (!sum ^ line);
    if verbose || i mod (count / 40 + 1) = 0 then print_endline line;
    if i mod 200 = 0 || i = count then Printf.printf "%d %s\n" i (Digest.to_hex !sum)
  done
