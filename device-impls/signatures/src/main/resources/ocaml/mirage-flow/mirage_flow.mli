(* SPDX-License-Identifier: Apache-2.0 *)

(** Byte streams in both directions. *)

type write_error = [ `Closed ]

val pp_write_error : Format.formatter -> write_error -> unit

type 'a or_eof = [ `Data of 'a | `Eof ]

val pp_or_eof :
  (Format.formatter -> 'a -> unit) -> Format.formatter -> 'a or_eof -> unit

module type S = sig
  type error

  val pp_error : Format.formatter -> error -> unit

  type nonrec write_error = private [> write_error ]

  val pp_write_error : Format.formatter -> write_error -> unit

  type flow

  val read : flow -> (Cstruct.t or_eof, error) result Lwt.t
  (** Waits for data. [`Eof] when the other side has closed; an [Error] says that the flow is of no use
      any more. *)

  val write : flow -> Cstruct.t -> (unit, write_error) result Lwt.t
  (** Resolved when the flow has taken the data, which says nothing about its arrival. The buffer
      belongs to the flow from then on. *)

  val writev : flow -> Cstruct.t list -> (unit, write_error) result Lwt.t
  (** The buffers one after the other. *)

  val close : flow -> unit Lwt.t
  (** Sends what is still to be sent, then ends the flow. *)
end

(** What went through a flow; [duration] in nanoseconds. *)
type stats = {
  read_bytes : int64;
  read_ops : int64;
  write_bytes : int64;
  write_ops : int64;
  duration : int64;
}

val pp_stats : Format.formatter -> stats -> unit
