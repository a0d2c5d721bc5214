(* SPDX-License-Identifier: Apache-2.0 *)

(** The language of config.ml without any device: module types, implementations, packages, keys. *)

type _ typ = Type : 'a -> 'a typ | Function : 'b typ * 'c typ -> ('b -> 'c) typ

val typ : 'a -> 'a typ
val ( @-> ) : 'a typ -> 'b typ -> ('a -> 'b) typ

type job

val job : job typ

type 'a impl
(** Something that implements a module type. *)

val ( $ ) : ('a -> 'b) impl -> 'a impl -> 'b impl

type abstract_impl = Abstract : _ impl -> abstract_impl

val abstract : _ impl -> abstract_impl

type key = Functoria_key.t
type context = Functoria_key.context
type 'a value = 'a Functoria_key.value

val if_impl : bool value -> 'a impl -> 'a impl -> 'a impl
val match_impl : 'b value -> default:'a impl -> ('b * 'a impl) list -> 'a impl

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

val package :
  ?build:bool ->
  ?sublibs:string list ->
  ?ocamlfind:string list ->
  ?min:string ->
  ?max:string ->
  ?pin:string ->
  string ->
  package

val foreign :
  ?packages:package list -> ?keys:key list -> ?deps:abstract_impl list -> string -> 'a typ -> 'a impl
(** A module of the user's, by its name. *)

module Info : sig
  type t = Functoria_application.t

  val name : t -> string
  val output : t -> string option
  val with_output : t -> string -> t
  val build_dir : t -> Fpath.t
  val libraries : t -> string list
  val package_names : t -> string list
  val packages : t -> package list
  val keys : t -> key list
  val context : t -> context

  val create :
    packages:package list -> keys:key list -> context:context -> name:string -> build_dir:Fpath.t -> t

  val pp : bool -> t Fmt.t
  val opam : ?name:string -> t Fmt.t
end

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

val impl : 'a configurable -> 'a impl

class base_configurable :
  object
    method packages : package list value
    method keys : key list
    method connect : Info.t -> string -> string list -> string
    method configure : Info.t -> (unit, Rresult.R.msg) result
    method build : Info.t -> (unit, Rresult.R.msg) result
    method clean : Info.t -> (unit, Rresult.R.msg) result
    method deps : abstract_impl list
  end

class ['a] foreign :
  ?packages:package list -> ?keys:key list -> ?deps:abstract_impl list -> string -> 'a typ -> ['a] configurable

val hash : 'a impl -> int

val equal : 'a impl -> 'a impl -> bool
(** Equal names, keys and dependencies; see {!Config_graph} for what equality is good for. *)

module ImplTbl : Hashtbl.S with type key = abstract_impl

val explode :
  'a impl ->
  [ `App of abstract_impl * abstract_impl | `If of bool value * 'a impl * 'a impl | `Impl of 'a configurable ]

(** {1 Devices of the tool}

    What config.ml gets from this library is a kind of device and what was asked of it; the tool chooses the
    module that serves the kind on a target. *)

type device = {
  kind : string;
  type_name : string;  (** the module type, as config.ml calls it: ["block"] for the kind ["ramdisk"] *)
  params : (string * string) list;
  arguments : abstract_impl list;  (** devices it always stands on, in order *)
  options : abstract_impl list;  (** devices the user chose in place of a default *)
  refused : string option;  (** why no target of this tool has it *)
}

val device : device -> ?keys:key list -> 'a typ -> 'a impl
val find_device : 'a impl -> device option
