(* SPDX-License-Identifier: Apache-2.0 *)

(** Jobs and devices every application has, and helpers for those who write their own. *)

open Functoria

val noop : job impl
(** Does nothing. *)

type argv

val argv : argv typ

val sys_argv : argv impl
(** [Sys.argv]. *)

val no_argv : argv impl
(** One empty string: nothing is read at boot. *)

val keys : argv impl -> job impl
(** Sets the keys from the boot arguments. *)

val once : name:string -> module_name:string -> ?keys:key list -> string -> job impl
(** [once ~name ~module_name code] is the job of running an OCaml expression of type ['a Lwt.t]. *)

type info

val info : info typ

val app_info : ?type_modname:string -> ?gen_modname:string -> unit -> info impl
(** What the application knows of its own build. *)

module type DSL = module type of struct
  include Functoria
end

module Name = Functoria_name
