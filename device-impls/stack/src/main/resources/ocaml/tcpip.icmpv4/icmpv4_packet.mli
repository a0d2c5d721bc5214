(* SPDX-License-Identifier: Apache-2.0 *)

(** Messages of ICMP (RFC 792). *)

type t = {
  kind : int;  (** {!echo_request} ... *)
  code : int;
  rest : int32;  (** of the header; of an echo: identifier and sequence number *)
  data : Cstruct.t;
}

val echo_reply : int
val unreachable : int
val echo_request : int

val port_unreachable : int
(** Codes of {!unreachable}. *)

val protocol_unreachable : int

val size : int
(** Of the header: 8 bytes. *)

val echo : identifier:int -> sequence:int -> int32
(** The [rest] of an echo, of two 16-bit numbers. *)

val identifier : t -> int
val sequence : t -> int

val read : Cstruct.t -> t option
(** [None] unless length and checksum are right. [data] is a part of the buffer. *)

val make : t -> Cstruct.t
(** The whole message, with its checksum. *)
