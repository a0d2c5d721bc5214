(* SPDX-License-Identifier: Apache-2.0 *)

open Functoria
module Key = Functoria_key

type graph = {
  context : context;
  keys : key list;
  packages : package list;
  jars : string list;
  nodes : (Config_graph.node * string option) list;
  init : int list;
  jobs : int list;
}

type body = Keys of key list | Graph of graph | Nothing

(* JSON is UTF-8; a string of other bytes is shown with OCaml's escapes. *)
let is_utf_8 s =
  let byte i = if i < String.length s then Char.code s.[i] else 0 in
  let continued i n = List.for_all (fun k -> byte (i + k) land 0xC0 = 0x80) (List.init n succ) in
  let more b =
    if b < 0x80 then Some 0
    else if b < 0xC2 || b > 0xF4 then None
    else Some (if b < 0xE0 then 1 else if b < 0xF0 then 2 else 3)
  in
  let rec from i =
    i >= String.length s
    || match more (byte i) with Some n -> continued i n && from (i + n + 1) | None -> false
  in
  from 0

let text s : Yojson.Basic.t = `String (if is_utf_8 s then s else String.escaped s)
let optional o : Yojson.Basic.t = Option.fold ~none:`Null ~some:text o
let texts l : Yojson.Basic.t = `List (List.map text l)
let set s = texts (Astring.String.Set.elements s)
let ids l : Yojson.Basic.t = `List (List.map (fun i -> `Int i) l)

let stage k =
  text (match Key.stage k with `Configure -> "configure" | `Run -> "run" | `Both -> "both")

let key_declaration k : Yojson.Basic.t =
  let info = Key.info k in
  let kind = match Key.kind k with `Opt -> "opt" | `Required -> "required" | `Flag -> "flag" in
  `Assoc
    [ ("name", text (Key.name k)); ("options", texts info.names); ("kind", text kind); ("stage", stage k);
      ("default", text (Key.display_default k)); ("doc", text info.doc); ("docv", optional info.docv);
      ("docs", text info.docs); ("env", optional info.env) ]

let key_value context k : Yojson.Basic.t =
  let expression pp = text (Fmt.str "%a" pp k) in
  `Assoc
    [ ("name", text (Key.name k)); ("ocaml_name", text (Key.ocaml_name k)); ("stage", stage k);
      ("given", `Bool (Key.given context k)); ("display", text (Key.display context k));
      ("create", if Key.is_runtime k then expression (Key.serialize context) else `Null);
      ("value", expression (Key.serialize_value context)) ]

let package p : Yojson.Basic.t =
  `Assoc
    [ ("opam", text p.opam); ("findlib", set p.ocamlfind); ("min", optional (Functoria_package.lower_bound p));
      ("max", optional (Functoria_package.upper_bound p));
      ("pin", optional p.pin); ("build", `Bool p.build) ]

let node ((n : Config_graph.node), connect) : Yojson.Basic.t =
  let kind, type_name, module_name, params =
    match n.subject with
    | Device d -> (Some d.kind, Some d.type_name, None, d.params)
    | Module m -> (None, None, Some m.name, [])
  in
  let opam_names = List.sort_uniq compare (List.map (fun p -> p.opam) (fst (Functoria_package.merge n.packages))) in
  `Assoc
    [ ("id", `Int n.id); ("kind", optional kind); ("type", optional type_name); ("name", text n.name);
      ("module", optional module_name); ("params", `Assoc (List.map (fun (k, v) -> (k, text v)) params));
      ("arguments", ids n.arguments); ("dependencies", ids n.dependencies);
      ("packages", texts opam_names); ("keys", texts (List.map Key.name n.keys)); ("connect", optional connect) ]

let body = function
  | Nothing -> []
  | Keys keys -> [ ("keys", `List (List.map key_declaration keys)) ]
  | Graph g ->
      [ ("keys", `List (List.map (key_value g.context) g.keys)); ("packages", `List (List.map package g.packages));
        ("jars", texts g.jars); ("nodes", `List (List.map node g.nodes)); ("init", ids g.init);
        ("jobs", ids g.jobs) ]

let error (p : Config_problem.t) : Yojson.Basic.t =
  `Assoc [ ("message", text p.message); ("where", optional p.where) ]

let write file ~name ~errors content =
  let json =
    `Assoc ([ ("name", optional name); ("errors", `List (List.map error errors)) ] @ body content)
  in
  let temporary = file ^ ".tmp" in
  let channel = open_out_bin temporary in
  Yojson.Basic.pretty_to_channel channel json;
  output_char channel '\n';
  close_out channel;
  Sys.rename temporary file
