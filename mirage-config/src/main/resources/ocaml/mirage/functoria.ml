(* SPDX-License-Identifier: Apache-2.0 *)

module Key = Functoria_key
module Info = Functoria_application

type _ typ = Type : 'a -> 'a typ | Function : 'b typ * 'c typ -> ('b -> 'c) typ

let typ t = Type t
let ( @-> ) a b = Function (a, b)

type job = Job

let job = Type Job

type key = Key.t
type context = Key.context
type 'a value = 'a Key.value

module type KEY =
  module type of Functoria_key
    with type 'a Arg.converter = 'a Functoria_key.Arg.converter
     and type 'a Arg.t = 'a Functoria_key.Arg.t
     and type Arg.info = Functoria_key.Arg.info
     and type 'a value = 'a Functoria_key.value
     and type 'a key = 'a Functoria_key.key
     and type t = Functoria_key.t
     and type Set.t = Functoria_key.Set.t
     and type 'a Alias.t = 'a Functoria_key.Alias.t
     and type context = Functoria_key.context

type package = Functoria_package.t = private {
  opam : string;
  pin : string option;
  build : bool;
  ocamlfind : Astring.String.Set.t;
  min : Astring.String.Set.t;
  max : Astring.String.Set.t;
}

let package = Functoria_package.v

(* A class type cannot be recursive with [impl]; the object type is, and equals it. *)
type 'a impl =
  | Impl : 'a configurable_object * device option -> 'a impl
  | App : ('a -> 'b) impl * 'a impl -> 'b impl
  | If : bool value * 'a impl * 'a impl -> 'a impl

and abstract_impl = Abstract : _ impl -> abstract_impl

and device = {
  kind : string;
  type_name : string;
  params : (string * string) list;
  arguments : abstract_impl list;
  options : abstract_impl list;
  refused : string option;
}

and 'ty configurable_object =
  < ty : 'ty typ
  ; name : string
  ; module_name : string
  ; packages : package list value
  ; connect : Info.t -> string -> string list -> string
  ; configure : Info.t -> (unit, Rresult.R.msg) result
  ; build : Info.t -> (unit, Rresult.R.msg) result
  ; clean : Info.t -> (unit, Rresult.R.msg) result
  ; keys : key list
  ; deps : abstract_impl list >

class type ['ty] configurable =
  object
    method ty : 'ty typ
    method name : string
    method module_name : string
    method packages : package list value
    method connect : Info.t -> string -> string list -> string
    method configure : Info.t -> (unit, Rresult.R.msg) result
    method build : Info.t -> (unit, Rresult.R.msg) result
    method clean : Info.t -> (unit, Rresult.R.msg) result
    method keys : key list
    method deps : abstract_impl list
  end

let ( $ ) f x = App (f, x)
let abstract i = Abstract i
let if_impl condition yes no = If (condition, yes, no)

let match_impl value ~default cases =
  let add (case, impl) rest = If (Key.map (( = ) case) value, impl, rest) in
  List.fold_right add cases default

let impl c = Impl (c, None)

class base_configurable =
  object
    method packages : package list value = Key.pure []
    method keys : key list = []
    method deps : abstract_impl list = []

    method connect (_ : Info.t) (_ : string) args =
      Printf.sprintf "return (%s)" (String.concat ", " args)

    method configure (_ : Info.t) : (unit, Rresult.R.msg) result = Ok ()
    method build (_ : Info.t) : (unit, Rresult.R.msg) result = Ok ()
    method clean (_ : Info.t) : (unit, Rresult.R.msg) result = Ok ()
  end

(* The same module is the same node wherever it is named. *)
let foreign_names : (string, string) Hashtbl.t = Hashtbl.create 7

let foreign_name module_name =
  match Hashtbl.find_opt foreign_names module_name with
  | Some name -> name
  | None ->
      let name = Printf.sprintf "f%d" (Hashtbl.length foreign_names + 1) in
      Hashtbl.add foreign_names module_name name;
      name

class ['a] foreign ?(packages = []) ?(keys = []) ?(deps = []) module_name (ty : 'a typ) :
  ['a] configurable =
  let name = foreign_name module_name in
  object
    method ty = ty
    method name = name
    method module_name = module_name
    method packages = Key.pure packages
    method keys = keys
    method deps = deps
    method connect _ m args = String.concat " " ((m ^ ".start") :: args)
    method configure _ = Ok ()
    method build _ = Ok ()
    method clean _ = Ok ()
  end

let foreign ?packages ?keys ?deps module_name ty =
  impl (new foreign ?packages ?keys ?deps module_name ty)

let device d ?(keys = []) ty =
  let parameters = String.concat "\000" (List.concat_map (fun (k, v) -> [ k; v ]) d.params) in
  let name = Functoria_name.create parameters ~prefix:d.kind in
  let deps = d.arguments @ d.options in
  let c =
    object
      inherit base_configurable
      method ty = ty
      method name = name
      method module_name = d.kind
      method! keys = keys
      method! deps = deps
    end
  in
  Impl ((c :> _ configurable_object), Some d)

let find_device = function Impl (_, d) -> d | App _ | If _ -> None

let rec hash : type a. a impl -> int = function
  | Impl (c, _) ->
      Hashtbl.hash
        (c#name, List.map Key.hash c#keys, List.map (fun (Abstract i) -> hash i) c#deps)
  | App (f, x) -> Hashtbl.hash (`App, hash f, hash x)
  | If (_, yes, no) -> Hashtbl.hash (`If, hash yes, hash no)

let same a b = Obj.repr a == Obj.repr b
let rec lists eq a b =
  match (a, b) with
  | [], [] -> true
  | x :: a, y :: b -> eq x y && lists eq a b
  | _ -> false

let rec equal_any : type a b. a impl -> b impl -> bool =
 fun a b ->
  same a b
  ||
  match (a, b) with
  | Impl (c, _), Impl (d, _) ->
      c#name = d#name && lists Key.equal c#keys d#keys && lists equal_abstract c#deps d#deps
  | App (f, x), App (g, y) -> equal_any f g && equal_any x y
  | If (c, x, y), If (d, x', y') -> same c d && equal_any x x' && equal_any y y'
  | (Impl _ | App _ | If _), _ -> false

and equal_abstract (Abstract a) (Abstract b) = equal_any a b

let equal a b = equal_any a b

module ImplTbl = Hashtbl.Make (struct
  type t = abstract_impl

  let equal = equal_abstract
  let hash (Abstract i) = hash i
end)

let explode (type a) (i : a impl) =
  match i with
  | App (f, x) -> `App (Abstract f, Abstract x)
  | If (condition, yes, no) -> `If (condition, yes, no)
  | Impl (c, _) -> `Impl (c :> a configurable)
