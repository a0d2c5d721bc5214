(* SPDX-License-Identifier: Apache-2.0 *)

(** The header of UDP (RFC 768). *)

type t = { src_port : int; dst_port : int; checksum : int  (** 0: the sender made none *) }

val size : int
(** 8 bytes. *)

val read : Cstruct.t -> (t * Cstruct.t) option
(** Header and payload; [None] unless the lengths are right. *)

val write : src_port:int -> dst_port:int -> length:int -> Cstruct.t -> unit
(** Writes a header without checksum to the beginning of the buffer; [length] counts the header too. *)

val set_checksum : Cstruct.t -> int -> unit
(** Of a header that was written, as {!Tcpip_checksum.finish} makes it. *)
