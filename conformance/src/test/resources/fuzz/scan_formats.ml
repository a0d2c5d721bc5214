(* SPDX-License-Identifier: Apache-2.0 *)
(* Scanf with random formats on texts that fit them, nearly or not at all; and values of all other kinds than numbers
   printed in random formats, by Printf and Format. *)
let argument n = if Array.length Sys.argv > n then Sys.argv.(n) else ""
let count = try int_of_string (argument 1) with Failure _ -> 400
let seed = try int_of_string (argument 2) with Failure _ -> 1

(* Every line, with its number. *)
let verbose = argument 3 = "verbose"
let state = ref 0x2545F491l

let next () =
  let open Int32 in
  let x = logxor !state (shift_left !state 13) in
  let x = logxor x (shift_right_logical x 17) in
  state := logxor x (shift_left x 5);
  to_int (shift_right_logical !state 2)

let below n = next () mod n
let pick a = a.(below (Array.length a))
let letters of_what n = String.init n (fun _ -> of_what.[below (String.length of_what)])
let several part n = String.concat "" (List.init n (fun _ -> part ()))
let decimal () = letters "0123456789" (1 + below (pick [| 2; 5; 12; 22 |]))
let hexadecimal () = letters "0123456789abcdefABCDEF" (1 + below (pick [| 2; 8; 18 |]))
let word () = letters "abcxyzABZ_-+.,;:=<>@%[]{}()'!?*/~\000\200" (1 + below 8)
let sign () = pick [| ""; ""; "-"; "+" |]
let space () = pick [| ""; ""; " "; "  "; "\t"; "\n"; "\r\n"; "\n\n" |]

let integer () =
  sign ()
  ^ match below 8 with
    | 0 -> pick [| "1073741823"; "1073741824"; "2147483647"; "2147483648"; "4294967295"; "4294967296"; "9223372036854775807"; "9223372036854775808"; "0" |]
    | 1 -> pick [| "0x"; "0X" |] ^ hexadecimal ()
    | 2 -> pick [| "0o"; "0O"; "" |] ^ letters "01234567" (1 + below 12)
    | 3 -> pick [| "0b"; "0B"; "0u" |] ^ letters "01" (1 + below 35)
    | 4 -> hexadecimal ()
    | 5 -> decimal () ^ "_" ^ decimal ()
    | _ -> decimal ()

let real () =
  sign ()
  ^ match below 6 with
    | 0 -> decimal () ^ "." ^ decimal () ^ pick [| ""; "e" ^ sign () ^ decimal () |]
    | 1 -> decimal () ^ pick [| "e"; "E" |] ^ sign () ^ letters "0123456789" (1 + below 3)
    | 2 -> pick [| "0x"; "0X"; "" |] ^ hexadecimal () ^ pick [| ""; "."; "." ^ hexadecimal () |] ^ pick [| ""; "p" ^ sign () ^ letters "0123456789" (1 + below 4) |]
    | 3 -> pick [| "nan"; "infinity"; "inf"; "NAN"; "Infinity"; "."; "1."; ".5"; "1_0.2_5" |]
    | _ -> decimal () ^ "." ^ decimal ()

let escape () = pick [| "\\n"; "\\\\"; "\\'"; "\\\""; "\\065"; "\\255"; "\\256"; "\\x41"; "\\xfF"; "\\xg0"; "\\o101"; "\\u{41}"; "\\ "; "\\\n  "; "\\q"; "\\b" |]
let character () = pick [| "'"; "'"; "'"; "" |] ^ pick [| escape (); word (); "a"; "'" |] ^ pick [| "'"; "'"; "'"; "" |]
let quoted () = pick [| "\""; "\""; "\""; "" |] ^ several (fun () -> pick [| escape (); word (); " "; "" |]) (below 5) ^ pick [| "\""; "\""; "\""; "" |]
let boolean () = pick [| "true"; "false"; "true"; "false"; "tru"; "True"; "falsehood"; "" |]

let shown f = match f () with s -> String.escaped s | exception e -> Printexc.to_string e

let width () = pick [| ""; ""; ""; string_of_int (1 + below 12) |]

(* What may stand in front of a conversion. *)
let skip () = pick [| ""; ""; " "; " " |]
let set () =
  pick [| "[a-z]"; "[^a-z]"; "[]x]"; "[^]x]"; "[-a]"; "[a-]"; "[0-9a-f]"; "[^ \t\n]"; "[%%a]"; "[%@]"; "[z-a]"; "[A-Z0-9_]" |]

(* What stands behind a conversion, and its text. *)
let tail () =
  match below 6 with
  | 0 -> ",", ","
  | 1 -> " ", space ()
  | 2 -> "%!", ""
  | 3 -> "%%", "%"
  | 4 -> let w = letters "abc:;" 2 in w, pick [| w; w; "x" |]
  | _ -> "", word ()

(* What a format reads from a text. *)
let read_int fmt s = Scanf.sscanf s (Scanf.format_from_string fmt "%d%n") (Printf.sprintf "%d after %d")
let read_int32 fmt s = Scanf.sscanf s (Scanf.format_from_string fmt "%ld%n") (Printf.sprintf "%ld after %d")
let read_int64 fmt s = Scanf.sscanf s (Scanf.format_from_string fmt "%Ld%n") (Printf.sprintf "%Ld after %d")
let read_nativeint fmt s = Scanf.sscanf s (Scanf.format_from_string fmt "%nd%n") (Printf.sprintf "%nd after %d")
let read_float fmt s = Scanf.sscanf s (Scanf.format_from_string fmt "%f%n") (Printf.sprintf "%h after %d")
let read_string fmt s = Scanf.sscanf s (Scanf.format_from_string fmt "%s%n") (Printf.sprintf "%S after %d")
let read_char fmt s = Scanf.sscanf s (Scanf.format_from_string fmt "%c%n") (Printf.sprintf "%C after %d")
let read_bool fmt s = Scanf.sscanf s (Scanf.format_from_string fmt "%B%n") (Printf.sprintf "%B after %d")
let read_nothing fmt s = Scanf.sscanf s (Scanf.format_from_string fmt "%n") (Printf.sprintf "nothing after %d")

let scan () =
  let w = width () in
  let integer_letter () = pick [| "d"; "i"; "u"; "x"; "X"; "o" |] in
  let text, conversion, read =
    match below 14 with
    | 0 | 1 -> integer (), w ^ integer_letter (), read_int
    | 2 -> integer (), w ^ "l" ^ integer_letter (), read_int32
    | 3 -> integer (), w ^ "L" ^ integer_letter (), read_int64
    | 4 -> integer (), w ^ "n" ^ integer_letter (), read_nativeint
    | 5 | 6 ->
      real (), w ^ pick [| ""; ""; "." ^ string_of_int (below 9) |] ^ pick [| "f"; "F"; "e"; "E"; "g"; "G"; "h"; "H" |], read_float
    | 7 -> word (), w ^ "s", read_string
    | 8 -> word (), w ^ set (), read_string
    | 9 -> quoted (), w ^ "S", read_string
    | 10 -> word (), "c", read_char
    | 11 -> character (), "C", read_char
    | 12 -> boolean (), pick [| "b"; "B" |], read_bool
    | _ -> pick [| integer; real; word; quoted |] (), "_" ^ w ^ pick [| "d"; "f"; "s"; "S"; "ld"; "[a-z]"; "c"; "x" |], read_nothing
  in
  let behind, behind_text = tail () in
  let before = skip () in
  let text = pick [| ""; ""; space () |] ^ text ^ behind_text in
  let text = if below 8 = 0 then String.sub text 0 (below (String.length text + 1)) else text in
  let format = before ^ "%" ^ conversion ^ behind ^ "%n" in
  Printf.sprintf "scan %S %S: %s" format text (shown (fun () -> read format text))

let flags () = several (fun () -> pick [| ""; ""; ""; "-"; "0"; "+"; " "; "#" |]) 2
let starred = [| (fun w s -> Printf.sprintf "%*s|" w s); (fun w s -> Printf.sprintf "%-*s|" w s); (fun w s -> Printf.sprintf "%*S|" w s) |]

let print () =
  let s = word () and n = next () - 0x20000000 and w = pick [| ""; string_of_int (below 14) |] in
  let f = "%" ^ flags () ^ w in
  let format conversion = f ^ conversion ^ pick [| "|"; "%%"; "%!"; "@@"; "" |] in
  let precision () = pick [| ""; "." ^ string_of_int (below 14) |] in
  let out conversion print =
    let format = format conversion in
    format, fun () -> print format
  in
  let format, f =
    match below 11 with
    | 0 -> out "s" (fun f -> Printf.sprintf (Scanf.format_from_string f "%s") s)
    | 1 -> out "S" (fun f -> Printf.sprintf (Scanf.format_from_string f "%S") s)
    | 2 -> out "c" (fun f -> Printf.sprintf (Scanf.format_from_string f "%c") s.[0])
    | 3 -> out "C" (fun f -> Printf.sprintf (Scanf.format_from_string f "%C") s.[0])
    | 4 -> out "B" (fun f -> Printf.sprintf (Scanf.format_from_string f "%B") (n > 0))
    | 5 -> out (precision () ^ pick [| "d"; "i"; "u"; "x"; "X"; "o" |]) (fun f -> Printf.sprintf (Scanf.format_from_string f "%d") n)
    | 6 -> out (precision () ^ pick [| "nd"; "nx"; "nu" |]) (fun f -> Printf.sprintf (Scanf.format_from_string f "%nd") (Nativeint.of_int n))
    | 7 -> out (precision () ^ pick [| "f"; "F"; "g"; "h" |]) (fun f -> Printf.sprintf (Scanf.format_from_string f "%f") (float n /. 1024.))
    | 8 -> out (pick [| "s"; "S" |]) (fun f -> Format.asprintf (Scanf.format_from_string f "%s") s)
    | 9 -> "*", fun () -> pick starred (below 20 - 5) s
    | _ -> out "ld" (fun f -> Format.asprintf (Scanf.format_from_string f "%ld") (Int32.of_int n))
  in
  Printf.sprintf "print %S %S %d: %s" format s n (shown f)

(* Boxes, breaks and tags of Format around words, in margins that do not hold them. *)
let pretty () =
  let buffer = Buffer.create 80 in
  let to_buffer = Format.formatter_of_buffer buffer in
  Format.pp_set_margin to_buffer (6 + below 30);
  if below 4 = 0 then Format.pp_set_max_boxes to_buffer (2 + below 4);
  let rec part depth =
    match below (if depth > 4 then 3 else 7) with
    | 0 | 1 -> Format.fprintf to_buffer "%s" (letters "abc" (1 + below 9))
    | 2 -> Format.fprintf to_buffer "%d@ %s" (below 1000) (letters "xyz" (below 5))
    | 3 -> Format.fprintf to_buffer "@[<hov %d>" (below 4); parts depth
    | 4 -> Format.fprintf to_buffer "@[<v %d>" (below 4); parts depth
    | 5 -> Format.fprintf to_buffer "@["; parts depth
    | _ -> Format.pp_open_hvbox to_buffer (below 5); parts depth
  and parts depth =
    for _ = 0 to below 4 do
      part (depth + 1);
      match below 4 with
      | 0 -> Format.fprintf to_buffer "@,"
      | 1 -> Format.pp_print_break to_buffer (below 3) (below 4)
      | 2 -> Format.fprintf to_buffer "@ "
      | _ -> ()
    done;
    Format.fprintf to_buffer "@]"
  in
  part 0;
  Format.fprintf to_buffer "@.";
  Printf.sprintf "pretty: %S" (Buffer.contents buffer)

let () =
  state := Int32.logxor !state (Int32.mul (Int32.of_int seed) 0x9E3779B9l);
  let sum = ref "" in
  let every = min 1000 (max 1 (count / 20)) in
  for i = 1 to count do
    let line = match below 10 with 0 | 1 | 2 | 3 | 4 -> scan () | 5 -> pretty () | _ -> print () in
    sum := Digest.string (!sum ^ line);
    if verbose then Printf.printf "%d %s\n" i line;
    if i mod every = 0 then Printf.printf "%d %s\n%s\n" i (Digest.to_hex !sum) line
  done
