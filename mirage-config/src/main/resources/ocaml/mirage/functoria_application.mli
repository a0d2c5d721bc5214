(* SPDX-License-Identifier: Apache-2.0 *)

(** What hooks and connect expressions may ask about the application; [Mirage.Info]. *)

type t

val name : t -> string
val output : t -> string option
val with_output : t -> string -> t
val build_dir : t -> Fpath.t

val libraries : t -> string list
(** Findlib names that are linked. *)

val package_names : t -> string list
val packages : t -> Functoria_package.t list
val keys : t -> Functoria_key.t list
val context : t -> Functoria_key.context

val create :
  packages:Functoria_package.t list ->
  keys:Functoria_key.t list ->
  context:Functoria_key.context ->
  name:string ->
  build_dir:Fpath.t ->
  t

val with_resolved : t -> libraries:string list -> packages:string list -> t
(** Adds what only the tool knows: libraries and packages beyond the declared ones. *)

val pp : bool -> t Fmt.t
(** Name, folder and keys; [true] adds libraries and packages. *)

val opam : ?name:string -> t Fmt.t
