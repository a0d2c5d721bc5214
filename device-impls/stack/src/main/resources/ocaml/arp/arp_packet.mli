(* SPDX-License-Identifier: Apache-2.0 *)

(** The packets of ARP for IPv4 over Ethernet (RFC 826). *)

type op = Request | Reply

type t = {
  operation : op;
  source_mac : Macaddr.t;
  source_ip : Ipaddr.V4.t;  (** [any] in a probe (RFC 5227) *)
  target_mac : Macaddr.t;
  target_ip : Ipaddr.V4.t;
}

type error = Too_short | Unusable  (** other hardware, another protocol, an unknown operation *)

val size : int
(** 28 bytes. *)

val pp : Format.formatter -> t -> unit
val pp_error : Format.formatter -> error -> unit
val equal : t -> t -> bool

val decode : Cstruct.t -> (t, error) result
(** What is behind the packet (padding of the frame) is ignored. *)

val encode_into : t -> Cstruct.t -> unit
(** Writes {!size} bytes.
    @raise Invalid_argument if the buffer is smaller *)

val encode : t -> Cstruct.t
