(* SPDX-License-Identifier: Apache-2.0 *)

(** Command-line arguments that live at two stages: configuration on the host, boot on the target.

    [Functoria_key.Arg] is the face of this module for config.ml. *)

type 'a serialize = Format.formatter -> 'a -> unit
(** Prints an OCaml expression that evaluates to the value. *)

type 'a runtime_conv = string
(** OCaml expression of the boot-time converter, such as ["Functoria_runtime.Arg.int"]. *)

type 'a converter = {
  conv : 'a Cmdliner.Arg.conv;
  serialize : 'a serialize;
  runtime_conv : 'a runtime_conv;
}

val conv :
  conv:'a Cmdliner.Arg.conv -> serialize:'a serialize -> runtime_conv:'a runtime_conv -> 'a converter
(** The [Cmdliner.Arg.] of a runtime converter is read as [Functoria_runtime.Arg.]: Cmdliner itself stays on
    the host. *)

val string : string converter
val bool : bool converter
val int : int converter
val list : 'a converter -> 'a list converter
val some : 'a converter -> 'a option converter

val enum : (string * 'a) list -> ocaml:('a -> string) -> runtime_conv:'a runtime_conv -> 'a converter
(** One of the named values; [ocaml] is the value as an OCaml expression. *)

type stage = [ `Configure | `Run | `Both ]

type info = {
  names : string list;  (** without dashes *)
  docs : string;
  docv : string option;
  doc : string;
  env : string option;
}

(** [doc] may have Cmdliner's markup; it is kept as plain text. *)
val info : ?docs:string -> ?docv:string -> ?doc:string -> ?env:string -> string list -> info

type 'a shape =
  | Opt : 'a converter * 'a -> 'a shape
  | Required : 'a converter -> 'a option shape
  | Flag : bool shape

type 'a t = { shape : 'a shape; stage : stage; info : info }

val opt : ?stage:stage -> 'a converter -> 'a -> info -> 'a t
val required : ?stage:stage -> 'a converter -> info -> 'a option t
val flag : ?stage:stage -> info -> bool t

val default : 'a t -> 'a
(** The value when nothing is given; [None] for a required argument. *)

val parse : 'a t -> string list -> ('a, string) result
(** [parse arg raw] is the value of the argument given with the raw values [raw] (none for a flag), or what is
    wrong with them. *)

val display : 'a t -> 'a -> string
(** The value as a user would type it. *)

val option_name : info -> string
(** The option as typed, with its dashes, the longest name of several: ["--port"], ["-g"]. *)

val serialize_value : 'a t -> 'a serialize
(** The configure-time value, as an OCaml expression. *)

val serialize_create : 'a t -> 'a serialize
(** The boot-time argument with this value as its default, as an OCaml expression. *)
