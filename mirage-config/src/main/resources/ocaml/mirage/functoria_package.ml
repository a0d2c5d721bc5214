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

(* Versions compare as opam's do: runs of digits as numbers, the rest letter by letter, where '~' is before the end
   and the end before any other. *)
let compare_versions a b =
  let char s i = if i < String.length s then Some s.[i] else None in
  let digit = function Some '0' .. '9' -> true | _ -> false in
  let rank c =
    match c with
    | Some '~' -> -1
    | None -> 0
    | Some '0' .. '9' -> 0
    | Some ('a' .. 'z' | 'A' .. 'Z') -> Char.code (Option.get c)
    | Some other -> 256 + Char.code other
  in
  let number s i =
    let rec stop j = if digit (char s j) then stop (j + 1) else j in
    let j = stop i in
    ((if i = j then 0 else int_of_string ("0u" ^ String.sub s i (j - i))), j)
  in
  let rec letters i j =
    let x = char a i and y = char b j in
    let done_ c = c = None || digit c in
    if done_ x && done_ y then numbers i j
    else if rank x <> rank y then compare (rank x) (rank y)
    else letters (i + 1) (j + 1)
  and numbers i j =
    let m, i = number a i and n, j = number b j in
    if m <> n then compare m n
    else if char a i = None && char b j = None then 0
    else letters i j
  in
  letters 0 0

let best better set =
  let keep found v = match found with Some w when not (better v w) -> found | _ -> Some v in
  Names.fold (fun v found -> keep found v) set None

let lower_bound p = best (fun v w -> compare_versions v w > 0) p.min
let upper_bound p = best (fun v w -> compare_versions v w < 0) p.max

let empty_range p =
  match (lower_bound p, upper_bound p) with
  | Some low, Some high when compare_versions low high >= 0 ->
      Some (Printf.sprintf "package %s: at least %s and below %s is asked for, no version is both" p.opam low high)
  | _ -> None

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
  let merged, conflicts = List.fold_left step ([], []) (List.filter (fun p -> jar_of p = None) packages) in
  (merged, conflicts @ List.filter_map empty_range merged)

let pp ppf p =
  let bounds relation set = List.map (Printf.sprintf "%s %S" relation) (Names.elements set) in
  let constraints =
    (if p.build then [ "build" ] else []) @ bounds ">=" p.min @ bounds "<" p.max
  in
  match constraints with
  | [] -> Fmt.pf ppf "%S" p.opam
  | cs -> Fmt.pf ppf "%S { %s }" p.opam (String.concat " & " cs)
