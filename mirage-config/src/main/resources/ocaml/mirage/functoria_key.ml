(* SPDX-License-Identifier: Apache-2.0 *)

module Arg = Functoria_arg

(* A value of any type with a private tag: only the key that put it in gets it out. *)
type binding = ..
type 'a tag = { inject : 'a -> binding; project : binding -> 'a option }

let tag (type a) () =
  let module M = struct
    type binding += Tagged of a
  end in
  { inject = (fun v -> M.Tagged v); project = (function M.Tagged v -> Some v | _ -> None) }

type 'a key = { name : string; arg : 'a Arg.t; tag : 'a tag; setters : 'a setter list }
and 'a setter = Setter : 'b key * ('a -> 'b option) -> 'a setter

type t = Any : 'a key -> t

let abstract key = Any key
let name (Any k) = k.name
let info (Any k) = k.arg.info
let stage (Any k) = k.arg.stage
let compare a b = String.compare (name a) (name b)
let equal a b = compare a b = 0
let hash k = Hashtbl.hash (name k)
let pp ppf k = Fmt.string ppf (name k)

module Set = struct
  include Set.Make (struct
    type nonrec t = t

    let compare = compare
  end)

  let pp elt ppf s = Fmt.(list ~sep:sp elt) ppf (elements s)
end

let is_runtime k = match stage k with `Run | `Both -> true | `Configure -> false
let is_configure k = match stage k with `Configure | `Both -> true | `Run -> false

let filter_stage stage set =
  match stage with
  | `Both -> set
  | `Run -> Set.filter is_runtime set
  | `Configure -> Set.filter is_configure set

let make name arg setters = { name; arg; tag = tag (); setters }
let create name arg = make name arg []

module Alias = struct
  type 'a t = { arg : 'a Arg.t; setters : 'a setter list }

  let flag info = { arg = Arg.flag ~stage:`Configure info; setters = [] }
  let add key f alias = { alias with setters = Setter (key, f) :: alias.setters }
end

let alias name (a : _ Alias.t) = make name a.arg a.setters
let aliases (Any k) = Set.of_list (List.map (fun (Setter (target, _)) -> Any target) k.setters)

(* Contexts *)

module Names = Map.Make (String)

type context = {
  raw : string list Names.t;
  bound : binding list Names.t;
  env : string -> string option;
}

let empty_context = { raw = Names.empty; bound = Names.empty; env = (fun _ -> None) }

let raw_context given =
  { empty_context with raw = Names.of_seq (List.to_seq given); env = Sys.getenv_opt }

let merge_context ~default context =
  let prefer _ _ given = Some given in
  { raw = Names.union prefer default.raw context.raw;
    bound = Names.union prefer default.bound context.bound;
    env = (fun v -> match context.env v with None -> default.env v | found -> found) }

let add_to_context key value context =
  let others = Option.value ~default:[] (Names.find_opt key.name context.bound) in
  { context with bound = Names.add key.name (key.tag.inject value :: others) context.bound }

let raw_values (arg : _ Arg.t) context =
  match List.concat_map (fun n -> Option.to_list (Names.find_opt n context.raw)) arg.info.names with
  | [] when arg.stage = `Run -> None
  | [] -> Option.map (fun v -> [ v ]) (Option.bind arg.info.env context.env)
  | several -> Some (List.concat several)

let bound key context =
  List.find_map key.tag.project (Option.value ~default:[] (Names.find_opt key.name context.bound))

let lookup context key =
  match bound key context with
  | Some v -> Some v
  | None ->
      Option.bind (raw_values key.arg context) (fun raw -> Result.to_option (Arg.parse key.arg raw))

let get context key = Option.value ~default:(Arg.default key.arg) (lookup context key)
let given context (Any k) = bound k context <> None || raw_values k.arg context <> None

let problem context (Any k) =
  let option = Arg.option_name k.arg.info in
  let by_option = List.exists (fun n -> Names.mem n context.raw) k.arg.info.names in
  let where =
    match k.arg.info.env with
    | Some variable when not by_option -> "environment variable " ^ variable
    | _ -> "option " ^ option
  in
  match raw_values k.arg context with
  | Some _ when k.arg.stage = `Run -> Some ("is only known at boot, it cannot be set here", where)
  | Some raw -> (
      match Arg.parse k.arg raw with Ok _ -> None | Error message -> Some (message, where))
  | None -> (
      match (k.arg.shape, k.arg.stage, bound k context) with
      | Required _, `Configure, None -> Some ("required option " ^ option ^ " is missing", where)
      | _ -> None)

let apply_aliases keys context =
  let apply (Any k) context =
    match (k.setters, lookup context k) with
    | [], _ | _, None -> context
    | setters, Some v ->
        let set context (Setter (target, f)) =
          match f v with
          | Some w when not (given context (Any target)) -> add_to_context target w context
          | _ -> context
        in
        List.fold_left set context setters
  in
  Set.fold apply keys context

let term_of_key (type a) (key : a key) : (context -> context) Cmdliner.Term.t =
  let open Cmdliner in
  let i = key.arg.info in
  let env = Option.map Cmd.Env.info i.env in
  let description = Cmdliner.Arg.info ~docs:i.docs ?docv:i.docv ~doc:i.doc ?env i.names in
  let bind v context =
    match v with None -> context | Some v -> add_to_context key v context
  in
  let optional c = Cmdliner.Arg.(value (opt (some c) None description)) in
  match key.arg.shape with
  | Opt (c, _) -> Term.(const bind $ optional c.conv)
  | Required c -> Term.(const (fun v -> bind (Option.map Option.some v)) $ optional c.conv)
  | Flag ->
      let given flag = if flag then Some true else None in
      Term.(const (fun f -> bind (given f)) $ Cmdliner.Arg.(value (flag description)))

let context ?(stage = `Both) ~with_required keys =
  let wanted (Any k) = match k.arg.shape with Required _ -> with_required | _ -> true in
  let add (Any k) term =
    Cmdliner.Term.(const (fun f context -> f context) $ term_of_key k $ term)
  in
  Set.fold add (Set.filter wanted (filter_stage stage keys)) (Cmdliner.Term.const empty_context)

(* Values *)

type +'a value = { deps : Set.t; compute : context -> 'a }

let pure v = { deps = Set.empty; compute = (fun _ -> v) }
let value key = { deps = Set.singleton (Any key); compute = (fun c -> get c key) }

let ( $ ) f v =
  { deps = Set.union f.deps v.deps;
    compute =
      (fun c ->
        let f = f.compute c in
        f (v.compute c)) }

let map f v = { v with compute = (fun c -> f (v.compute c)) }
let if_ condition yes no = map (fun b -> if b then yes else no) condition
let match_ v f = map f v
let eval context v = v.compute context
let default v = eval empty_context v
let of_deps deps = { deps; compute = ignore }
let deps v = v.deps
let pp_deps ppf v = Set.pp pp ppf v.deps
let mem context v = Set.for_all (given context) v.deps
let peek context v = if mem context v then Some (eval context v) else None

(* Printing *)

let kind (Any k) =
  match k.arg.shape with Opt _ -> `Opt | Required _ -> `Required | Flag -> `Flag

let display_default (Any k) = Arg.display k.arg (Arg.default k.arg)
let display context (Any k) = Arg.display k.arg (get context k)

let pps context ppf keys =
  let show ppf k =
    Fmt.pf ppf "%s=%s%s" (name k) (display context k) (if given context k then "" else " (default)")
  in
  Set.pp show ppf keys

let dump_context ppf context =
  let show ppf (name, values) = Fmt.pf ppf "%s=%s" name (String.concat "," values) in
  Fmt.(list ~sep:sp show) ppf (Names.bindings context.raw)

let module_name = "Key_gen"
let ocaml_name k = Functoria_name.ocamlify (name k)
let serialize_call ppf k = Fmt.pf ppf "(%s.%s ())" module_name (ocaml_name k)
let serialize_value context ppf (Any k) = Arg.serialize_value k.arg ppf (get context k)

let serialize context ppf (Any k as key) =
  if is_runtime key then
    Fmt.pf ppf "Functoria_runtime.Key.create %a" (Arg.serialize_create k.arg) (get context k)
  else serialize_value context ppf key
