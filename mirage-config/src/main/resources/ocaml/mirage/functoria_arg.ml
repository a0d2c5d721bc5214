(* SPDX-License-Identifier: Apache-2.0 *)

type 'a serialize = Format.formatter -> 'a -> unit
type 'a runtime_conv = string

type 'a converter = {
  conv : 'a Cmdliner.Arg.conv;
  serialize : 'a serialize;
  runtime_conv : 'a runtime_conv;
}

let host_prefix = "Cmdliner.Arg."
let target_prefix = "Functoria_runtime.Arg."

let conv ~conv ~serialize ~runtime_conv =
  let runtime_conv =
    String.concat target_prefix (Astring.String.cuts ~sep:host_prefix runtime_conv)
  in
  { conv; serialize; runtime_conv }

let string =
  { conv = Cmdliner.Arg.string;
    serialize = (fun ppf -> Format.fprintf ppf "%S");
    runtime_conv = target_prefix ^ "string" }

let bool =
  let parse s =
    match bool_of_string_opt s with
    | Some b -> `Ok b
    | None -> `Error (Printf.sprintf "invalid value '%s', expected either 'true' or 'false'" s)
  in
  { conv = (parse, Format.pp_print_bool);
    serialize = (fun ppf -> Format.fprintf ppf "%b");
    runtime_conv = target_prefix ^ "bool" }

let int =
  { conv = Cmdliner.Arg.int;
    serialize = (fun ppf i -> Format.fprintf ppf (if i < 0 then "(%d)" else "%d") i);
    runtime_conv = target_prefix ^ "int" }

let list c =
  { conv = Cmdliner.Arg.list c.conv;
    serialize = (fun ppf l -> Fmt.pf ppf "[%a]" Fmt.(list ~sep:(any "; ") c.serialize) l);
    runtime_conv = Printf.sprintf "(%slist %s)" target_prefix c.runtime_conv }

let some c =
  { conv = Cmdliner.Arg.some c.conv;
    serialize =
      (fun ppf -> function
        | None -> Format.pp_print_string ppf "None"
        | Some v -> Format.fprintf ppf "(Some %a)" c.serialize v);
    runtime_conv = Printf.sprintf "(%ssome %s)" target_prefix c.runtime_conv }

let enum cases ~ocaml ~runtime_conv =
  { conv = Cmdliner.Arg.enum cases;
    serialize = (fun ppf v -> Format.pp_print_string ppf (ocaml v));
    runtime_conv }

type stage = [ `Configure | `Run | `Both ]

type info = {
  names : string list;
  docs : string;
  docv : string option;
  doc : string;
  env : string option;
}

(* Docs may be written for Cmdliner, with $(b,bold), $(i,italic) and variables; every reader here shows text. *)
let plain ?(docv = "VAL") doc =
  let open Astring in
  let text inside =
    match String.cut ~sep:"," inside with
    | Some (_, text) -> text
    | None -> if inside = "docv" then docv else inside
  in
  let piece s =
    match String.cut ~sep:")" s with Some (inside, rest) -> text inside ^ rest | None -> "$(" ^ s
  in
  match String.cuts ~sep:"$(" doc with
  | [] -> doc
  | first :: rest -> String.concat (first :: List.map piece rest)

let info ?(docs = "APPLICATION OPTIONS") ?docv ?(doc = "") ?env names =
  if names = [] then invalid_arg "Key.Arg.info: a key needs at least one option name";
  { names; docs; docv; doc = plain ?docv doc; env }

type 'a shape =
  | Opt : 'a converter * 'a -> 'a shape
  | Required : 'a converter -> 'a option shape
  | Flag : bool shape

type 'a t = { shape : 'a shape; stage : stage; info : info }

let opt ?(stage = `Both) conv default info = { shape = Opt (conv, default); stage; info }
let required ?(stage = `Both) conv info = { shape = Required conv; stage; info }
let flag ?(stage = `Both) info = { shape = Flag; stage; info }

let default (type a) (arg : a t) : a =
  match arg.shape with Opt (_, d) -> d | Required _ -> None | Flag -> false

let read c raw =
  match (fst c.conv) raw with
  | `Ok v -> Ok v
  | `Error message -> Error message

let parse (type a) (arg : a t) raw : (a, string) result =
  let one = function
    | [ value ] -> Ok value
    | [] -> Error "needs a value"
    | values -> Error (Printf.sprintf "is given %d times, allowed is once" (List.length values))
  in
  match arg.shape with
  | Opt (c, _) -> Result.bind (one raw) (read c)
  | Required c -> Result.map Option.some (Result.bind (one raw) (read c))
  | Flag -> if raw = [] then Ok true else Result.bind (one raw) (read bool)

let print c v = Fmt.str "%a" (snd c.conv) v

let display (type a) (arg : a t) (value : a) =
  match arg.shape with
  | Opt (c, _) -> print c value
  | Required c -> Option.fold ~none:"" ~some:(print c) value
  | Flag -> string_of_bool value

let option_name info =
  let longest a b = if String.length b > String.length a then b else a in
  let name = List.fold_left longest "" info.names in
  (if String.length name = 1 then "-" else "--") ^ name

let serialize_value (type a) (arg : a t) ppf (value : a) =
  match arg.shape with
  | Opt (c, _) -> c.serialize ppf value
  | Required c -> (some c).serialize ppf value
  | Flag -> bool.serialize ppf value

let serialize_info ppf i =
  let label name ppf = Option.iter (Format.fprintf ppf " ~%s:%S" name) in
  Format.fprintf ppf "(%sinfo%a%a%a%a %a)" target_prefix (label "docs") (Some i.docs) (label "docv") i.docv
    (label "doc")
    (if i.doc = "" then None else Some i.doc)
    (label "env") i.env (list string).serialize i.names

let serialize_create (type a) (arg : a t) ppf (value : a) =
  match arg.shape with
  | Opt (c, _) ->
      Format.fprintf ppf "(%sopt %s %a %a)" target_prefix c.runtime_conv c.serialize value serialize_info
        arg.info
  | Required c ->
      Format.fprintf ppf "(%skey ?default:%a %s %a)" target_prefix (some c).serialize value c.runtime_conv
        serialize_info arg.info
  | Flag -> Format.fprintf ppf "(%sflag %a)" target_prefix serialize_info arg.info
