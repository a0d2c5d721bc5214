(* SPDX-License-Identifier: Apache-2.0 *)
let rec show = function
  | Csexp.Atom a -> Printf.sprintf "%S" a
  | List l -> "(" ^ String.concat " " (List.map show l) ^ ")"

let () =
  let rec deep n = if n = 0 then Csexp.Atom "bottom" else List [ Atom (string_of_int n); deep (n - 1) ] in
  let values =
    [ Csexp.Atom ""; List []; List [ Atom "a"; List [ Atom "b c"; Atom "()" ]; Atom (String.make 300 'x') ]; deep 50 ]
  in
  let there value =
    let text = Csexp.to_string value in
    Printf.printf "%d %S %b\n" (Csexp.serialised_length value) text (Csexp.parse_string text = Ok value)
  in
  List.iter there values;
  let wrong text =
    match Csexp.parse_string text with
    | Ok value -> Printf.printf "%S: %s\n" text (show value)
    | Error (place, message) -> Printf.printf "%S: %d: %s\n" text place message
  in
  List.iter wrong [ ""; "("; "3:ab"; "(1:a"; "x"; "1:ab"; ")"; "01:a"; "99999999999:a" ];
  match Csexp.parse_string_many "1:a(2:bc)0:" with
  | Ok values -> List.iter (fun v -> print_endline (show v)) values
  | Error (place, message) -> Printf.printf "%d: %s\n" place message
