(* SPDX-License-Identifier: Apache-2.0 *)

(** Keys: typed parameters of an application, known at configuration, at boot or at both. *)

module Arg : sig
  type 'a serialize = 'a Functoria_arg.serialize
  type 'a runtime_conv = 'a Functoria_arg.runtime_conv
  type 'a converter = 'a Functoria_arg.converter

  val conv :
    conv:'a Cmdliner.Arg.conv ->
    serialize:'a serialize ->
    runtime_conv:'a runtime_conv ->
    'a converter

  val string : string converter
  val bool : bool converter
  val int : int converter
  val list : 'a converter -> 'a list converter
  val some : 'a converter -> 'a option converter

  type 'a t = 'a Functoria_arg.t
  type info = Functoria_arg.info

  val info : ?docs:string -> ?docv:string -> ?doc:string -> ?env:string -> string list -> info

  type stage = [ `Configure | `Run | `Both ]

  val opt : ?stage:stage -> 'a converter -> 'a -> info -> 'a t
  val required : ?stage:stage -> 'a converter -> info -> 'a option t
  val flag : ?stage:stage -> info -> bool t
end

type +'a value
(** Something known once the configuration's keys are. *)

val pure : 'a -> 'a value
val ( $ ) : ('a -> 'b) value -> 'a value -> 'b value
val map : ('a -> 'b) -> 'a value -> 'b value
val if_ : bool value -> 'a -> 'a -> 'a value
val match_ : 'a value -> ('a -> 'b) -> 'b value

val default : 'a value -> 'a
(** The value when no option is given. *)

type 'a key

val create : string -> 'a Arg.t -> 'a key
val value : 'a key -> 'a value

type t
(** A key, its type forgotten. *)

module Set : sig
  include Set.S with type elt = t

  val pp : elt Fmt.t -> t Fmt.t
end
(** Sets of keys, which hold one key of a name. *)

val abstract : 'a key -> t
val equal : t -> t -> bool
val hash : t -> int
val compare : t -> t -> int
val pp : t Fmt.t
val of_deps : Set.t -> unit value
val deps : 'a value -> Set.t
val pp_deps : 'a value Fmt.t
val is_runtime : t -> bool
val is_configure : t -> bool
val filter_stage : Arg.stage -> Set.t -> Set.t

module Alias : sig
  type 'a t

  val add : 'b key -> ('a -> 'b option) -> 'a t -> 'a t
  (** [add k f a]: when [a] is given, [k] becomes [f] of its value, unless [k] itself is given. *)

  val flag : Arg.info -> bool t
end

val alias : string -> 'a Alias.t -> 'a key
val aliases : t -> Set.t
val name : t -> string

(** {1 Contexts: the values given by the user} *)

type context

val empty_context : context
val merge_context : default:context -> context -> context
val add_to_context : 'a key -> 'a -> context -> context

val raw_context : (string * string list) list -> context
(** Option names (without dashes) and their raw values in order, none for a flag. Environment variables of keys
    count where the option is not given. *)

val apply_aliases : Set.t -> context -> context
(** Sets the targets of those aliases among the keys that are given. *)

val context : ?stage:Arg.stage -> with_required:bool -> Set.t -> context Cmdliner.Term.t
val mem : context -> 'a value -> bool
val peek : context -> 'a value -> 'a option

val eval : context -> 'a value -> 'a
(** Where a raw value does not parse, the default stands in; {!problem} tells. *)

val get : context -> 'a key -> 'a
val given : context -> t -> bool

val problem : context -> t -> (string * string) option
(** What is wrong with the value given for the key at configuration: the message, and where it is. *)

val pps : context -> Set.t Fmt.t
val dump_context : context Fmt.t

(** {1 For the answer and the generated code} *)

val info : t -> Arg.info
val stage : t -> Arg.stage
val kind : t -> [ `Opt | `Required | `Flag ]
val display_default : t -> string
val display : context -> t -> string

val ocaml_name : t -> string
val serialize_call : t Fmt.t
(** [(Key_gen.name ())]. *)

val serialize : context -> t Fmt.t
(** The expression that makes a boot-time key, or the value of one known at configuration only. *)

val serialize_value : context -> t Fmt.t
val module_name : string
