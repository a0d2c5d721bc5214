(* SPDX-License-Identifier: Apache-2.0 *)
(* Printing: Format's boxes at several margins for a small language's trees, semantic tags, tabulation, Printf with every conversion, formats as values, %a and %t, ksprintf. *)

type expr = Int of int | Var of string | Call of expr * expr list | Op of string * expr * expr | Fun of string list * expr | Let of (string * expr) list * expr | If of expr * expr * expr | Match of expr * (string * expr) list | List of expr list | Record of (string * expr) list

open Format

let comma ppf () = fprintf ppf ",@ "

let rec pp ppf = function
  | Let (bindings, body) -> fprintf ppf "@[<v>%a@,%a@]" (pp_print_list bind) bindings pp body
  | Fun (params, body) -> fprintf ppf "@[<2>fun %a ->@ %a@]" (pp_print_list ~pp_sep:pp_print_space pp_print_string) params pp body
  | If (c, a, b) -> fprintf ppf "@[<hv>@[<2>if@ %a@]@ @[<2>then@ %a@]@ @[<2>else@ %a@]@]" pp c pp a pp b
  | Match (e, cases) -> fprintf ppf "@[<v>@[<2>match@ %a@ with@]%a@]" pp e (fun ppf -> List.iter (fun (p, e) -> fprintf ppf "@,@[<4>| %s ->@ %a@]" p pp e)) cases
  | e -> op 0 ppf e

and op level ppf = function
  | Op (o, a, b) ->
      let l = match o with "||" -> 1 | "&&" -> 2 | "=" | "<" -> 3 | "+" | "-" -> 4 | _ -> 5 in
      if l < level then fprintf ppf "@[<1>(%a@ %s %a)@]" (op l) a o (op (l + 1)) b else fprintf ppf "@[<hov>%a@ %s %a@]" (op l) a o (op (l + 1)) b
  | Call (f, args) -> fprintf ppf "@[<hov 2>%a(%a)@]" atom f (pp_print_list ~pp_sep:comma pp) args
  | e -> atom ppf e

and atom ppf = function
  | Int i -> if i < 0 then fprintf ppf "(%d)" i else pp_print_int ppf i
  | Var x -> pp_print_string ppf x
  | List l -> fprintf ppf "@[<1>[%a]@]" (pp_print_list ~pp_sep:(fun ppf () -> fprintf ppf ";@ ") pp) l
  | Record l -> fprintf ppf "@[<hv 2>{@ %a@;<1 -2>}@]" (pp_print_list ~pp_sep:(fun ppf () -> fprintf ppf ";@ ") (fun ppf (x, e) -> fprintf ppf "@[<2>%s =@ %a@]" x pp e)) l
  | e -> fprintf ppf "@[<1>(%a)@]" pp e

and bind ppf (x, e) = fprintf ppf "@[<2>let %s =@ %a in@]" x pp e

let program =
  Let
    ( [
        ("compose", Fun ([ "f"; "g"; "x" ], Call (Var "f", [ Call (Var "g", [ Var "x" ]) ])));
        ("numbers", List (List.init 18 (fun i -> Int ((i * i * i) - 200))));
        ("point", Record [ ("x", Int 1); ("y", Op ("*", Op ("+", Var "a", Int 2), Op ("-", Int 3, Op ("-", Var "b", Var "c")))); ("name", Call (Var "concat", [ Var "first"; Var "second"; Var "third" ])) ]);
      ],
      If
        ( Op ("&&", Op ("<", Var "length", Int 100), Op ("||", Var "verbose", Op ("=", Call (Var "compare", [ Var "left"; Var "right" ]), Int 0))),
          Match (Call (Var "find", [ Var "table"; Var "key" ]), [ ("Some value", Call (Var "continue", [ Var "value"; Fun ([ "k" ], Op ("+", Var "k", Int 1)) ])); ("None", Match (Var "default", [ ("0", Int (-1)); ("_", Var "default") ])) ]),
          Call (Fun ([ "y" ], Var "y"), [ Int 5 ]) ) )

let render margin e =
  let b = Buffer.create 500 in
  let ppf = formatter_of_buffer b in
  pp_set_margin ppf margin;
  fprintf ppf "%a@." pp e;
  Buffer.contents b

let () =
  List.iter
    (fun margin ->
      let s = render margin program in
      Stdlib.Printf.printf "--- %d\n%s" margin s;
      let lines = String.split_on_char '\n' s in
      Stdlib.Printf.printf "(%d lines)\n" (List.length lines - 1))
    [ 30; 55; 80 ];
  (* the same words at each margin *)
  let squeeze s = String.concat "" (String.split_on_char ' ' (String.concat "" (String.split_on_char '\n' s))) in
  let reference = squeeze (render 80 program) in
  for margin = 12 to 50 do
    if squeeze (render margin program) <> reference then Stdlib.Printf.printf "%d differs\n" margin
  done

(* Tags, tables, limits *)
let () =
  let b = Buffer.create 100 in
  let ppf = formatter_of_buffer b in
  pp_set_tags ppf true;
  pp_set_formatter_stag_functions ppf
    {
      mark_open_stag = (function String_tag s -> "<" ^ s ^ ">" | _ -> "<?>");
      mark_close_stag = (function String_tag s -> "</" ^ s ^ ">" | _ -> "</?>");
      print_open_stag = ignore;
      print_close_stag = ignore;
    };
  fprintf ppf "@[@{<b>bold@} and @{<i>italic @{<b>both@}@}@]@.";
  pp_set_max_boxes ppf 4;
  fprintf ppf "@[a@[b@[c@[d@[e@]@]@]@]@]@.";
  fprintf ppf "@[<b 2>one@ two@ @[<h>three@ four@]@,five@]@.";
  pp_open_tbox ppf ();
  List.iter (fun w -> pp_set_tab ppf (); fprintf ppf "%s" (String.make w '.')) [ 6; 4; 8 ];
  pp_print_newline ppf ();
  pp_close_tbox ppf ();
  print_string (Buffer.contents b)

let pair pp1 pp2 ppf (a, b) = fprintf ppf "@[<1>(%a,@ %a)@]" pp1 a pp2 b

let () =
  let s = asprintf "%a" (pp_print_list ~pp_sep:comma (pair pp_print_string (pp_print_option ~none:(fun ppf () -> pp_print_string ppf "-") pp_print_int))) [ ("a", Some 1); ("b", None) ] in
  print_endline s;
  print_endline (asprintf "%t|%a|%-6d|%s" (fun ppf -> pp_print_char ppf 'c') (fun ppf -> fprintf ppf "<%d>") 3 42 "end");
  print_endline (String.concat "/" (String.split_on_char '\n' (asprintf "@[<v 3>x@ y@;<0 2>z@]")))

(* Printf *)
let () =
  let open Stdlib.Printf in
  List.iter
    (fun n ->
      printf "[%d] [%5d] [%-5d] [%05d] [%+d] [% d] [%x] [%X] [%#x] [%o] [%u] [%i]\n" n n n n n n n n n n n n)
    [ 0; 1; -1; 255; -32768; max_int; min_int ];
  List.iter (fun n -> printf "[%ld] [%lx] [%12ld] [%lu] [%+ld]\n" n n n n n) [ 0l; -1l; Int32.max_int; Int32.min_int ];
  List.iter (fun n -> printf "[%Ld] [%Lx] [%-22Ld] [%Lu] [%022Ld]\n" n n n n n) [ 0L; -1L; Int64.max_int; Int64.min_int; 1234567890123L ];
  List.iter (fun n -> printf "[%nd] [%nx] [%nu]\n" n n n) [ 7n; -7n ];
  List.iter
    (fun x -> printf "[%f] [%.2f] [%e] [%.3E] [%g] [%G] [%10.3f] [%-10.1f] [%+.1f] [%010.2f] [%F] [%h]\n" x x x x x x x x x x x x)
    [ 0.; -0.; 1.; -1.5; 3.14159265; 1e10; 1.25e-7; 123456789.; 2e22; infinity; nan ];
  printf "[%s] [%10s] [%-10s] [%S] [%c] [%C] [%b] [%B] [%5b] [%%] [%!]\n" "str" "right" "left" "q\"\n\t\\\001é" 'c' '\'' true false true;
  printf "[%*d] [%-*d] [%.*f] [%*.*f] [%0*d]\n" 6 42 6 42 3 2.5 9 1 3.14159 7 (-12);
  printf "[%a] [%t]\n" (fun oc (a, b) -> fprintf oc "%d+%d" a b) (1, 2) (fun oc -> output_string oc "t");
  let fmt : (int -> string -> string, unit, string) format = "%d:%s" in
  print_endline (sprintf (fmt ^^ "!") 1 "a" ^ sprintf ("<" ^^ fmt ^^ "/>") 2 "b");
  print_endline (ksprintf (fun s -> String.uppercase_ascii s) "%s-%d" "abc" 7);
  (match Scanf.format_from_string "%d then %s" "%i and %S" with exception Scanf.Scan_failure _ -> print_endline "another type" | f -> print_endline (sprintf f 3 "x"));
  (match Scanf.format_from_string "%d then %s" "%d %d" with exception Scanf.Scan_failure _ -> print_endline "another type" | f -> print_endline (sprintf f 3 4));
  let partial = sprintf "%d %s %c" 1 in
  let a = partial "x" and b = partial "y" in
  print_endline (a 'p' ^ "," ^ b 'q' ^ "," ^ a 'r');
  ifprintf stdout "%d %s" 1 "nothing";
  print_endline (string_of_format (fmt ^^ "%%"))
