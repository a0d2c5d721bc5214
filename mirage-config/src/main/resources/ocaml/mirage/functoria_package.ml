(* SPDX-License-Identifier: Apache-2.0 *)

module Names = Astring.String.Set

type t = {
  opam : string;
  pin : string option;
  build : bool;
  ocamlfind : Names.t;
  min : Names.t;
  max : Names.t;
}

let v ?(build = false) ?sublibs ?ocamlfind ?min ?max ?pin opam =
  let set_of = Option.fold ~none:Names.empty ~some:Names.singleton in
  let ocamlfind =
    match (sublibs, ocamlfind) with
    | None, None -> [ opam ]
    | None, Some names -> names
    | Some subs, None -> opam :: List.map (fun s -> opam ^ "." ^ s) subs
    | Some _, Some _ ->
        invalid_arg (Printf.sprintf "package %S: ~sublibs and ~ocamlfind are both given, allowed is one" opam)
  in
  { opam; pin; build; ocamlfind = Names.of_list ocamlfind; min = set_of min; max = set_of max }

(* A package is all that ~packages takes, so a jar is one, told apart by a name that opam cannot have. *)
let jar_prefix = "jar:"

let jar coordinates =
  let part s =
    s <> ""
    && Astring.String.for_all
         (function
           | 'a' .. 'z' | 'A' .. 'Z' | '0' .. '9' | '.' | '_' | '-' -> true
           | _ -> false)
         s
  in
  match String.split_on_char ':' coordinates with
  | [ group; artifact; version ] when List.for_all part [ group; artifact; version ] ->
      v ~ocamlfind:[] (jar_prefix ^ coordinates)
  | _ -> invalid_arg (Printf.sprintf "jar %S: expected \"group:artifact:version\"" coordinates)

let jar_of package =
  if Astring.String.is_prefix ~affix:jar_prefix package.opam then
    Some Astring.String.(with_range ~first:(length jar_prefix) package.opam)
  else None

let jars packages = List.sort_uniq compare (List.filter_map jar_of packages)

let merge_pair a b =
  let pin, conflict =
    match (a.pin, b.pin) with
    | None, pin | pin, None -> (pin, [])
    | Some x, Some y when x = y -> (Some x, [])
    | Some x, Some y ->
        (Some x, [ Printf.sprintf "package %s is pinned to %s and to %s, allowed is one pin" a.opam x y ])
  in
  ( { a with
      pin;
      build = a.build || b.build;
      ocamlfind = Names.union a.ocamlfind b.ocamlfind;
      min = Names.union a.min b.min;
      max = Names.union a.max b.max },
    conflict )

let merge packages =
  let rec add p = function
    | [] -> ([ p ], [])
    | q :: rest when q.opam = p.opam ->
        let merged, conflict = merge_pair q p in
        (merged :: rest, conflict)
    | q :: rest ->
        let rest, conflict = add p rest in
        (q :: rest, conflict)
  in
  let step (merged, conflicts) p =
    let merged, conflict = add p merged in
    (merged, conflicts @ conflict)
  in
  List.fold_left step ([], []) (List.filter (fun p -> jar_of p = None) packages)

let pp ppf p =
  let bounds relation set = List.map (Printf.sprintf "%s %S" relation) (Names.elements set) in
  let constraints =
    (if p.build then [ "build" ] else []) @ bounds ">=" p.min @ bounds "<" p.max
  in
  match constraints with
  | [] -> Fmt.pf ppf "%S" p.opam
  | cs -> Fmt.pf ppf "%S { %s }" p.opam (String.concat " & " cs)
