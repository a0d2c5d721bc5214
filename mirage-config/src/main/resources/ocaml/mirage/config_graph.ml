(* SPDX-License-Identifier: Apache-2.0 *)

open Functoria
module Key = Functoria_key

type hook = [ `Configure | `Build | `Clean ]

let hook_name = function `Configure -> "configure" | `Build -> "build" | `Clean -> "clean"

type subject =
  | Device of device
  | Module of { name : string; connect : Info.t -> string }

type node = {
  id : int;
  name : string;
  subject : subject;
  arguments : int list;
  dependencies : int list;
  packages : package list;
  keys : key list;
  hook : hook -> Info.t -> (unit, Rresult.R.msg) result;
}

type t = { nodes : node list; roots : int list list; keys : key list }

(* What makes two nodes the same one: name, key names, arguments and dependencies. *)
type identity = string * string list * int list * int list

type state = {
  context : context;
  known : (identity, int) Hashtbl.t;
  mutable made : node list;  (** last first *)
  mutable seen_keys : key list;
}

let see state keys = state.seen_keys <- List.rev_append keys state.seen_keys
let see_deps state value = see state (Key.Set.elements (Key.deps value))

let node_of (c : _ configurable) device state arguments dependencies id =
  let subject =
    match device with
    | Some d -> Device d
    | None ->
        let placeholders = List.mapi (fun i _ -> Printf.sprintf "{%d}" i) (arguments @ dependencies) in
        Module { name = c#module_name; connect = (fun info -> c#connect info "{module}" placeholders) }
  in
  let hook = function `Configure -> c#configure | `Build -> c#build | `Clean -> c#clean in
  { id;
    name = (match device with Some d -> d.kind | None -> c#name);
    subject;
    arguments;
    dependencies;
    packages = Key.eval state.context c#packages;
    keys = c#keys;
    hook }

let rec visit : type a. state -> abstract_impl list -> a impl -> int =
 fun state applied impl ->
  match explode impl with
  | `App (Abstract f, x) -> visit state (x :: applied) f
  | `If (condition, yes, no) ->
      see_deps state condition;
      visit state applied (if Key.eval state.context condition then yes else no)
  | `Impl c -> (
      let all = List.map (fun (Abstract i) -> visit state [] i) in
      let device = find_device impl in
      let before, beside =
        match device with None -> (applied, c#deps) | Some d -> (d.arguments, d.options)
      in
      let arguments = all before in
      let dependencies = all beside in
      let identity = (c#name, List.map Key.name c#keys, arguments, dependencies) in
      match Hashtbl.find_opt state.known identity with
      | Some id -> id
      | None ->
          let id = List.length state.made in
          Hashtbl.add state.known identity id;
          see state c#keys;
          see_deps state c#packages;
          state.made <- node_of c device state arguments dependencies id :: state.made;
          id)

let evaluate context groups =
  let state = { context; known = Hashtbl.create 31; made = []; seen_keys = [] } in
  let distinct ids = List.fold_left (fun kept id -> if List.mem id kept then kept else kept @ [ id ]) [] ids in
  let root group = distinct (List.map (fun (Abstract i) -> visit state [] i) group) in
  let roots = List.map root groups in
  { nodes = List.rev state.made; roots; keys = List.rev state.seen_keys }

let target_only value = Key.Set.subset (Key.deps value) (Key.Set.singleton (Key.abstract Mirage_key.target))

let rec keys_of : type a. context -> a impl -> key list =
 fun context impl ->
  match explode impl with
  | `App (Abstract f, Abstract x) -> keys_of context f @ keys_of context x
  | `If (condition, yes, no) when target_only condition ->
      keys_of context (if Key.eval context condition then yes else no)
  | `If (condition, yes, no) ->
      Key.Set.elements (Key.deps condition) @ keys_of context yes @ keys_of context no
  | `Impl c ->
      c#keys
      @ Key.Set.elements (Key.deps c#packages)
      @ List.concat_map (fun (Abstract i) -> keys_of context i) c#deps

let keys context impls = List.concat_map (fun (Abstract i) -> keys_of context i) impls
