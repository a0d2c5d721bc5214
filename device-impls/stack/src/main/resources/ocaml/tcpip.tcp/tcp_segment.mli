(* SPDX-License-Identifier: Apache-2.0 *)

(** Segments as they are on the wire (RFC 9293, 3.1), with the options of RFC 7323 and RFC 2018. *)

module Sequence = Tcp_sequence

type options = {
  mss : int;  (** 0: absent *)
  window_scale : int;  (** -1: absent *)
  sack_permitted : bool;
  timestamp : (int32 * int32) option;  (** value and echo *)
  sack : (Sequence.t * Sequence.t) list;  (** first byte, and the one behind the last *)
}

type t = {
  src_port : int;
  dst_port : int;
  seq : Sequence.t;
  ack : Sequence.t;
  flags : int;
  window : int;  (** as in the header: not scaled *)
  options : options;
  payload : Cstruct.t;
}

val no_options : options

val fin : int
(** Flags. *)

val syn : int
val rst : int
val psh : int
val ack : int

val has : t -> int -> bool
(** Whether a flag is set. *)

val length : t -> int
(** In sequence numbers: payload, SYN and FIN. *)

val stop : t -> Sequence.t
(** The number behind the segment. *)

(** {1 The wire} *)

val read : Cstruct.t -> t option
(** [None] if the buffer is no segment. Options that are unknown or damaged are left out. [payload] is a part of the
    buffer. The checksum is not looked at: see {!is_right}. *)

val header_size : options -> int
(** 20 to 60 bytes. *)

val write : t -> Cstruct.t -> unit
(** Writes a header of {!header_size} bytes into a buffer of zeros. Neither its checksum nor its payload is written. *)

val is_right : pseudo:int -> Cstruct.t -> bool
(** Whether a whole segment has its right checksum. [pseudo] is the sum of its pseudo-header with a length of 0. *)

val set_checksum : pseudo:int -> Cstruct.t -> int -> unit
(** Of a segment of so many bytes at the beginning of the buffer. *)

(** {1 Segments that belong to no connection} *)

val reset_for : t -> t
(** The RST that answers a segment nobody expects (RFC 9293, 3.10.7.1). *)

val pp : Format.formatter -> t -> unit
