(* SPDX-License-Identifier: Apache-2.0 *)

(** Packages an application declares: opam packages, and jars that offer devices. *)

module Names = Astring.String.Set

type t = private {
  opam : string;
  pin : string option;
  build : bool;  (** needed by config.ml only, not linked *)
  ocamlfind : Names.t;
  min : Names.t;  (** each is an inclusive lower bound *)
  max : Names.t;  (** each is an exclusive upper bound *)
}

val v :
  ?build:bool ->
  ?sublibs:string list ->
  ?ocamlfind:string list ->
  ?min:string ->
  ?max:string ->
  ?pin:string ->
  string ->
  t
(** @raise Invalid_argument when both [sublibs] and [ocamlfind] are given. *)

val jar : string -> t
(** A jar by its Maven coordinates, [group:artifact:version].
    @raise Invalid_argument when they are anything else. *)

val lower_bound : t -> string option
(** The highest of the lower bounds. *)

val upper_bound : t -> string option
(** The lowest of the upper bounds. *)

val merge : t list -> t list * string list
(** One package of each name, in order of first appearance, with the union of what is asked of it; and a message
    for everything that cannot be reconciled. Jars are left out. *)

val jars : t list -> string list
(** The coordinates of the jars among the packages, each once. *)

val pp : t Fmt.t
(** As a line of an opam file's [depends]. *)
