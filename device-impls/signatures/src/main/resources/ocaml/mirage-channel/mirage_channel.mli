(* SPDX-License-Identifier: Apache-2.0 *)

(** Buffered reading and writing on a flow. *)

module type S = sig
  type error

  val pp_error : Format.formatter -> error -> unit

  type write_error = private [> Mirage_flow.write_error ]

  val pp_write_error : Format.formatter -> write_error -> unit

  type flow
  type t

  val create : flow -> t

  val to_flow : t -> flow
  (** The flow below. *)

  val read_char : t -> (char Mirage_flow.or_eof, error) result Lwt.t

  val read_some : ?len:int -> t -> (Cstruct.t Mirage_flow.or_eof, error) result Lwt.t
  (** What is there, at most [len] bytes; waits if nothing is there. *)

  val read_exactly : len:int -> t -> (Cstruct.t list Mirage_flow.or_eof, error) result Lwt.t
  (** [len] bytes; [`Eof] if there are no more so many. *)

  val read_line : ?len:int -> t -> (Cstruct.t list Mirage_flow.or_eof, error) result Lwt.t
  (** The bytes up to the line end (LF or CRLF, which is taken and not given back) or the end of the
      flow. At most [len] bytes; what is left of a longer line comes next. *)

  val write_char : t -> char -> unit
  val write_string : t -> string -> int -> int -> unit

  val write_buffer : t -> Cstruct.t -> unit
  (** The buffer belongs to the channel until {!flush} has ended. *)

  val write_line : t -> string -> unit
  (** With a line feed. *)

  val flush : t -> (unit, write_error) result Lwt.t
  (** Writes reach the flow only here. *)

  val close : t -> (unit, write_error) result Lwt.t
  (** Flushes, then closes the flow. *)
end

module Make (F : Mirage_flow.S) : S with type flow = F.flow
