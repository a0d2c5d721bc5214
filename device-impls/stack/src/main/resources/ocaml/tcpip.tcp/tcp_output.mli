(* SPDX-License-Identifier: Apache-2.0 *)

(** What a connection has to send. *)

type t = {
  segment : Tcp_segment.t;  (** without its payload: *)
  length : int;  (** so many bytes of the send queue *)
}

val next : Tcp_connection.t -> now:Tcp_time.t -> t option
(** The next segment, which counts as sent from now on. [None]: nothing, until something happens. *)

val size : t -> int
(** Of header and payload. *)

val write : Tcp_connection.t -> t -> pseudo:int -> Cstruct.t -> int
(** Writes the segment with its checksum, now or later: what was acknowledged in between is left out. The number of
    bytes written. *)
