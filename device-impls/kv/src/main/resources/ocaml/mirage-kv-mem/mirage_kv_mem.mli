(* SPDX-License-Identifier: Apache-2.0 *)

(** A store in memory, empty at start. *)

module Make (_ : Mirage_clock.PCLOCK) : sig
  include Mirage_kv.RW with type error = Mirage_kv.error and type write_error = Mirage_kv.write_error

  val connect : unit -> t Lwt.t

  val batch : t -> ?retries:int -> (t -> 'a Lwt.t) -> 'a Lwt.t
  (** [batch t f] gives [f] a copy. When [f] has succeeded and the store is still what it was, the copy
      takes its place; if others have changed it, [f] runs again, [retries] times (10) at most.
      @raise Failure when it has to give up *)

  val equal : t -> t -> bool
  (** The same keys with the same values. *)

  val pp : Format.formatter -> t -> unit
end
