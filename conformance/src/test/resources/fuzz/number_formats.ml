(* SPDX-License-Identifier: Apache-2.0 *)
(* Numbers printed in all formats, with random flags, widths and precisions. Arguments: how many, a seed, "verbose" for every line. *)
let argument n = if Array.length Sys.argv > n then Sys.argv.(n) else ""
let count = try int_of_string (argument 1) with Failure _ -> 500
let seed = try int_of_string (argument 2) with Failure _ -> 0
let verbose = argument 3 = "verbose"
let state = ref (Int64.logxor 88172645463325252L (Int64.mul (Int64.of_int seed) 0x9E3779B97F4A7C15L))

let bits () =
  let open Int64 in
  let x = logxor !state (shift_left !state 13) in
  let x = logxor x (shift_right_logical x 7) in
  state := logxor x (shift_left x 17);
  mul !state 0x2545F4914F6CDD1DL

let below n = Int64.to_int (Int64.shift_right_logical (bits ()) 34) mod n
let pick a = a.(below (Array.length a))

let real () =
  match below 8 with
  | 0 -> Int64.float_of_bits (bits ())
  | 1 -> pick [| 0.; -0.; infinity; neg_infinity; nan; -. nan; 1.; 0.1; 0.5; 1.5; 2.5; 0.125; 9.5; 99.5; 999999.5; 1e15; 1e16; 1e22; 1e23; 123456.; 1234567.; 0.0001; 0.00001; 5e-324; max_float; min_float; epsilon_float |]
  | 2 -> float (below 100000) /. 8.
  | 3 -> float (below 100000) /. 1000.
  | 4 -> Int64.to_float (Int64.shift_right (bits ()) (below 64))
  | 5 -> Int64.float_of_bits (Int64.logand (bits ()) 0x800FFFFFFFFFFFFFL)
  | 6 -> ldexp (float (below 1000000)) (below 100 - 50)
  | _ -> ldexp (Int64.to_float (bits ())) (-63)

let flags letters = String.concat "" (List.filter (fun _ -> below 4 = 0) letters)
let width () = pick [| ""; ""; string_of_int (below 10); string_of_int (below 30) |]
let precision () = pick [| ""; ""; "." ^ string_of_int (below 4); "." ^ string_of_int (below 22); "." ^ string_of_int (below 60) |]

let shown f = match f () with s -> String.escaped s | exception e -> Printexc.to_string e

let float_format x =
  let format = "%" ^ flags [ "+"; "-"; "0"; " "; "#" ] ^ width () ^ precision () ^ pick [| "e"; "E"; "f"; "F"; "g"; "G"; "h"; "H" |] in
  format ^ " " ^ shown (fun () -> Printf.sprintf (Scanf.format_from_string format "%f") x)

let starred x =
  let w = below 30 - 8 and p = below 20 in
  match below 4 with
  | 0 -> Printf.sprintf "%*.*f" w p x
  | 1 -> Printf.sprintf "%-*.*e" (abs w) p x
  | 2 -> Printf.sprintf "%+.*g" p x
  | _ -> Printf.sprintf "%*h" w x

let int_flags () = "%" ^ flags [ "+"; "-"; "0"; " "; "#" ] ^ width () ^ pick [| ""; ""; "." ^ string_of_int (below 20) |]
let letter () = pick [| "d"; "i"; "u"; "x"; "X"; "o" |]

let integers n =
  let format = int_flags () and letter = letter () in
  let small = Int64.to_int (Int64.logand n 0x3FFFFFFFL) in
  [ format ^ letter ^ " " ^ shown (fun () -> Printf.sprintf (Scanf.format_from_string (format ^ letter) "%d") small);
    format ^ "l" ^ letter ^ " " ^ shown (fun () -> Printf.sprintf (Scanf.format_from_string (format ^ "l" ^ letter) "%ld") (Int64.to_int32 n));
    format ^ "L" ^ letter ^ " " ^ shown (fun () -> Printf.sprintf (Scanf.format_from_string (format ^ "L" ^ letter) "%Ld") n);
    format ^ letter ^ " " ^ shown (fun () -> Printf.sprintf (Scanf.format_from_string (format ^ letter) "%d") (Int64.to_int n));
    format ^ "n" ^ letter ^ " " ^ shown (fun () -> Printf.sprintf (Scanf.format_from_string (format ^ "n" ^ letter) "%nd") (Int64.to_nativeint n)) ]

let () =
  let sum = ref "" in
  for i = 1 to count do
    let x = real () and n = Int64.shift_right (bits ()) (below 64) in
    let line =
      String.concat " | "
        (Printf.sprintf "%Lx" (Int64.bits_of_float x) :: string_of_float x :: float_format x :: float_format x :: starred x :: integers n) in
    sum := Digest.string (!sum ^ line);
    if verbose || i mod (count / 40 + 1) = 0 then print_endline line;
    if i mod 200 = 0 || i = count then Printf.printf "%d %s\n" i (Digest.to_hex !sum)
  done
