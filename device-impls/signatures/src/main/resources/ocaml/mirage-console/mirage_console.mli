(* SPDX-License-Identifier: Apache-2.0 *)

(** Text consoles. *)

module type S = sig
  type t
  (** A connected console. *)

  val disconnect : t -> unit Lwt.t

  include Mirage_flow.S with type flow := t

  val log : t -> string -> unit Lwt.t
  (** [log t line] writes [line] and a line end; nothing else comes between. *)
end
