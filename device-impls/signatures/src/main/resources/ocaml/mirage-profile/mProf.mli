(* SPDX-License-Identifier: Apache-2.0 *)

(** Tracing of Lwt threads, which does nothing here: it is there so that programs with trace points
    compile. *)

module Trace : sig
  val label : string -> unit
  val named_wait : string -> 'a Lwt.t * 'a Lwt.u
  val named_task : string -> 'a Lwt.t * 'a Lwt.u
  val named_condition : string -> 'a Lwt_condition.t
  val named_mvar_empty : string -> 'a Lwt_mvar.t
  val named_mvar : string -> 'a -> 'a Lwt_mvar.t
  val should_resolve : 'a Lwt.t -> unit
end

module Counter : sig
  type t

  val create : ?init:int -> name:string -> unit -> t
  val make : name:string -> t
  val increase : t -> int -> unit
  val set_value : t -> int -> unit
  val value : t -> int
end
