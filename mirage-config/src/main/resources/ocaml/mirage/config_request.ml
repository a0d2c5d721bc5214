(* SPDX-License-Identifier: Apache-2.0 *)

open Yojson.Basic.Util

type command = Keys | Graph | Hook of Config_graph.hook

type t = {
  command : command;
  target : string;
  build_dir : Fpath.t;
  keys : (string * string list) list;
  libraries : string list;
  packages : string list;
}

let command json =
  match (to_string (member "command" json), member "hook" json) with
  | "keys", _ -> Keys
  | "graph", _ -> Graph
  | "hook", `String "configure" -> Hook `Configure
  | "hook", `String "build" -> Hook `Build
  | "hook", `String "clean" -> Hook `Clean
  | command, hook -> failwith (Printf.sprintf "unknown command %s %s" command (Yojson.Basic.to_string hook))

let strings json = List.map to_string (to_list json)

let of_json json =
  let or_empty f = function `Null -> [] | json -> f json in
  let info name = match member "info" json with `Null -> `Null | i -> member name i in
  { command = command json;
    target = to_string (member "target" json);
    build_dir = Fpath.v (to_string (member "build_dir" json));
    keys = or_empty (fun k -> List.map (fun (name, v) -> (name, strings v)) (to_assoc k)) (member "keys" json);
    libraries = or_empty strings (info "libraries");
    packages = or_empty (fun p -> List.map (fun p -> to_string (index 0 p)) (to_list p)) (info "packages") }

let read file =
  match of_json (Yojson.Basic.from_file file) with
  | request -> request
  | exception (Type_error (m, _) | Yojson.Json_error m | Sys_error m) ->
      failwith (Printf.sprintf "request %s: %s" file m)
