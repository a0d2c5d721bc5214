(* SPDX-License-Identifier: Apache-2.0 *)

let argument_error_exit = 64
let help_exit = 63

module Arg = struct
  type 'a converter = { parse : string -> ('a, string) result; print : 'a -> string }

  let conv ~parse ~print = { parse; print }
  let invalid value expected = Error ("invalid value '" ^ value ^ "', expected " ^ expected)

  let of_option expected of_string print =
    let parse value =
      match of_string value with Some x -> Ok x | None -> invalid value expected
    in
    { parse; print }

  let string = { parse = (fun s -> Ok s); print = (fun s -> s) }
  let bool = of_option "either 'true' or 'false'" bool_of_string_opt string_of_bool
  let int = of_option "an integer" int_of_string_opt string_of_int
  let int32 = of_option "a 32-bit integer" Int32.of_string_opt Int32.to_string
  let int64 = of_option "a 64-bit integer" Int64.of_string_opt Int64.to_string
  let float = of_option "a number" float_of_string_opt string_of_float

  let char =
    let of_string s = if String.length s = 1 then Some s.[0] else None in
    of_option "a character" of_string (String.make 1)

  let enum cases =
    let names = String.concat ", " (List.map fst cases) in
    let rec print x = function
      | [] -> ""
      | (name, y) :: rest -> if x = y then name else print x rest
    in
    of_option ("one of " ^ names) (fun s -> List.assoc_opt s cases) (fun x -> print x cases)

  let list ?(sep = ',') element =
    let rec parse_all = function
      | [] -> Ok []
      | s :: rest -> (
          match element.parse s with
          | Error _ as e -> e
          | Ok x -> (
              match parse_all rest with Ok xs -> Ok (x :: xs) | Error _ as e -> e))
    in
    let parse s = if s = "" then Ok [] else parse_all (String.split_on_char sep s) in
    let print xs = String.concat (String.make 1 sep) (List.map element.print xs) in
    { parse; print }

  let some element =
    let parse s = match element.parse s with Ok x -> Ok (Some x) | Error _ as e -> e in
    let print = function None -> "" | Some x -> element.print x in
    { parse; print }

  type info = {
    names : string list;
    docs : string;
    docv : string;
    doc : string;
    env : string option;
  }

  let info ?(docs = "OPTIONS") ?(docv = "VAL") ?(doc = "") ?env names =
    { names; docs; docv; doc; env }

  type 'a t = { info : info; flag : bool; converter : 'a converter; absent : 'a option }

  let opt converter absent info = { info; flag = false; converter; absent = Some absent }
  let key ?default converter info = { info; flag = false; converter; absent = default }
  let required converter info = key converter info
  let flag info = { info; flag = true; converter = bool; absent = Some false }
end

module Key = struct
  type 'a t = { arg : 'a Arg.t; mutable value : 'a option }

  let create arg = { arg; value = None }
  let default t = t.arg.Arg.absent

  let get t =
    match t.value with
    | Some x -> x
    | None -> invalid_arg "Functoria_runtime.Key.get: boot arguments are not parsed yet"

  type term = {
    info : Arg.info;
    flag : bool;
    set : string -> (unit, string) result;
    set_absent : unit -> bool;  (** false: nothing to fall back to *)
    shown_default : unit -> string;
    mutable given : bool;
  }

  let term t =
    let { Arg.info; flag; converter; absent } = t.arg in
    let set s =
      match converter.Arg.parse s with
      | Ok x ->
          t.value <- Some x;
          Ok ()
      | Error _ as e -> e
    in
    let set_absent () =
      t.value <- absent;
      absent <> None
    in
    let shown_default () =
      match absent with Some x when not flag -> converter.Arg.print x | _ -> ""
    in
    { info; flag; set; set_absent; shown_default; given = false }
end

let dashed name = if String.length name = 1 then "-" ^ name else "--" ^ name

let has_prefix prefix s =
  String.length prefix <= String.length s && String.sub s 0 (String.length prefix) = prefix

(* The name users are told about: the longest. *)
let shown_name (term : Key.term) =
  let longer a b = if String.length b > String.length a then b else a in
  "option '" ^ dashed (List.fold_left longer "" term.info.Arg.names) ^ "'"

(** {1 Help} *)

let print_term (term : Key.term) =
  let info = term.info in
  let spelling name =
    let value = if term.flag then "" else info.Arg.docv in
    let joint = if term.flag then "" else if String.length name = 1 then " " else "=" in
    dashed name ^ joint ^ value
  in
  let default = term.shown_default () in
  let notes =
    (if default = "" then [] else [ "absent=" ^ default ])
    @ match info.Arg.env with None -> [] | Some env -> [ "env " ^ env ]
  in
  print_string ("       " ^ String.concat ", " (List.map spelling info.Arg.names));
  if notes <> [] then print_string (" (" ^ String.concat ", " notes ^ ")");
  print_string ("\n           " ^ info.Arg.doc ^ "\n")

(* In order, once each. The standard library's sort would be the largest function of many a program. *)
let rec insert title = function
  | first :: rest when String.compare first title < 0 -> first :: insert title rest
  | first :: _ as all when String.equal first title -> all
  | all -> title :: all

let print_help name terms =
  print_string ("NAME\n       " ^ name ^ "\n\nSYNOPSIS\n       " ^ name ^ " [OPTION]...\n");
  let section (term : Key.term) = term.info.Arg.docs in
  let sections = List.fold_left (fun all term -> insert (section term) all) [] terms in
  let print_section title =
    print_string ("\n" ^ title ^ "\n");
    List.iter (fun term -> if section term = title then print_term term) terms
  in
  List.iter print_section sections;
  print_string "\nCOMMON OPTIONS\n       --help[=FMT]\n           Show this help.\n"

(** {1 Parsing} *)

type found = Help | Found of Key.term | Unknown | Ambiguous of string list

(* [name] without dashes; a long name may be cut short as long as it is clear. *)
let find (terms : Key.term list) ~long name =
  let matches test =
    let test candidate = String.length candidate > 1 = long && test candidate in
    let term_names (term : Key.term) = List.filter test term.info.Arg.names in
    (List.filter (fun term -> term_names term <> []) terms, List.concat_map term_names terms)
  in
  match matches (String.equal name) with
  | term :: _, _ -> Found term
  | [], _ when name = "help" -> Help
  | [], _ when not long -> Unknown
  | [], _ -> (
      match (matches (has_prefix name), has_prefix name "help") with
      | ([], _), true -> Help
      | ([], _), false -> Unknown
      | ([ term ], _), false -> Found term
      | (_, names), help -> Ambiguous (List.map dashed (if help then "help" :: names else names)))

(* An argument taken apart: dashed name, bare name, glued value. *)
let split arg =
  let length = String.length arg in
  let from i = String.sub arg i (length - i) in
  if has_prefix "--" arg then
    match String.index_opt arg '=' with
    | Some i -> (String.sub arg 0 i, String.sub arg 2 (i - 2), Some (from (i + 1)))
    | None -> (arg, from 2, None)
  else (String.sub arg 0 2, String.sub arg 1 1, if length = 2 then None else Some (from 2))

let is_option arg = String.length arg > 1 && arg.[0] = '-'

type outcome = { mutable problems : string list; mutable help : bool }

let complain outcome message = outcome.problems <- message :: outcome.problems

let assign outcome (term : Key.term) value =
  if term.given then complain outcome (shown_name term ^ " cannot be repeated");
  term.given <- true;
  match term.set value with
  | Ok () -> ()
  | Error message -> complain outcome (shown_name term ^ ": " ^ message)

(* Handles one option and gives back the arguments behind it. *)
let parse_option outcome terms arg rest =
  let shown, name, glued = split arg in
  match (find terms ~long:(has_prefix "--" arg) name, glued, rest) with
  | Help, _, _ ->
      outcome.help <- true;
      rest
  | Unknown, _, _ ->
      complain outcome ("unknown option '" ^ shown ^ "'");
      rest
  | Ambiguous names, _, _ ->
      complain outcome
        ("option '" ^ shown ^ "' ambiguous and could be one of: " ^ String.concat ", " names);
      rest
  | Found term, Some value, _ when term.flag ->
      complain outcome
        (shown_name term ^ " is a flag, it cannot take the argument '" ^ value ^ "'");
      rest
  | Found term, None, _ when term.flag ->
      assign outcome term "true";
      rest
  | Found term, Some value, _ ->
      assign outcome term value;
      rest
  | Found term, None, value :: rest when not (is_option value) ->
      assign outcome term value;
      rest
  | Found term, None, _ ->
      term.given <- true;
      complain outcome (shown_name term ^ " needs an argument");
      rest

let too_many outcome arg =
  complain outcome ("too many arguments, don't know what to do with '" ^ arg ^ "'")

let rec parse outcome terms = function
  | [] -> ()
  | "--" :: rest -> List.iter (too_many outcome) rest
  | arg :: rest when is_option arg -> parse outcome terms (parse_option outcome terms arg rest)
  | arg :: rest ->
      too_many outcome arg;
      parse outcome terms rest

let fill outcome (term : Key.term) =
  let variable = match term.info.Arg.env with None -> "" | Some name -> name in
  if not term.given then
    match Sys.getenv_opt variable with
    | Some value -> (
        match term.set value with
        | Ok () -> ()
        | Error message ->
            complain outcome ("environment variable '" ^ variable ^ "': " ^ message))
    | None ->
        if not (term.set_absent ()) then
          let names = String.concat " or " (List.map dashed term.info.Arg.names) in
          complain outcome ("required option " ^ names ^ " is missing")

let parsed = ref false

let with_argv terms name argv =
  if not !parsed then begin
    parsed := true;
    let outcome = { problems = []; help = false } in
    let args = match Array.to_list argv with [] -> [] | _ :: args -> args in
    parse outcome terms args;
    if outcome.help then begin
      print_help name terms;
      exit help_exit
    end;
    List.iter (fill outcome) terms;
    if outcome.problems <> [] then begin
      let report problem = prerr_string (name ^ ": " ^ problem ^ ".\n") in
      List.iter report (List.rev outcome.problems);
      prerr_string ("Try '--help' for more information.\n");
      exit argument_error_exit
    end
  end
