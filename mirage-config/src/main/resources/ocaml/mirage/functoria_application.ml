(* SPDX-License-Identifier: Apache-2.0 *)

module Package = Functoria_package
module Key = Functoria_key

type t = {
  name : string;
  output : string option;
  build_dir : Fpath.t;
  packages : Package.t list;
  keys : Key.t list;
  context : Key.context;
  more_libraries : string list;
  more_packages : string list;
}

let name t = t.name
let output t = t.output
let with_output t output = { t with output = Some output }
let build_dir t = t.build_dir
let packages t = t.packages
let keys t = t.keys
let context t = t.context

let create ~packages ~keys ~context ~name ~build_dir =
  { name;
    output = None;
    build_dir;
    packages = fst (Package.merge packages);
    keys = Key.Set.elements (Key.Set.of_list keys);
    context;
    more_libraries = [];
    more_packages = [] }

let with_resolved t ~libraries ~packages = { t with more_libraries = libraries; more_packages = packages }

let libraries t =
  let linked = List.filter (fun (p : Package.t) -> not p.build) t.packages in
  let declared = List.concat_map (fun (p : Package.t) -> Package.Names.elements p.ocamlfind) linked in
  List.sort_uniq compare (declared @ t.more_libraries)

let package_names t =
  List.sort_uniq compare (List.map (fun (p : Package.t) -> p.opam) t.packages @ t.more_packages)

let pp verbose ppf t =
  let names = Fmt.(list ~sep:sp string) in
  Fmt.pf ppf "@[<v>Name      %s@ Build-dir %a@ @[<hov>Keys      %a@]" t.name Fpath.pp t.build_dir
    (Key.pps t.context) (Key.Set.of_list t.keys);
  Option.iter (Fmt.pf ppf "@ Output    %s") t.output;
  if verbose then
    Fmt.pf ppf "@ @[<hov>Libraries %a@]@ @[<hov>Packages  %a@]" names (libraries t) names
      (package_names t);
  Fmt.pf ppf "@]"

let opam ?name ppf t =
  Fmt.pf ppf "opam-version: \"2.0\"@.name: %S@.depends: [@.  @[<v>%a@]@.]@."
    (Option.value ~default:t.name name)
    Fmt.(list ~sep:cut Package.pp)
    t.packages
