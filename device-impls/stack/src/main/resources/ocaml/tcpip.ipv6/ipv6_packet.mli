(* SPDX-License-Identifier: Apache-2.0 *)

(** The headers of IPv6 (RFC 8200). *)

type fragment = { id : int32; offset : int;  (** in bytes *) last : bool }

type t = {
  src : Ipaddr.V6.t;
  dst : Ipaddr.V6.t;
  hop_limit : int;
  proto : int;  (** of the payload, behind all extension headers *)
  fragment : fragment option;
}

val size : int
(** Of the fixed header: 40 bytes. *)

val fragment_size : int
(** Of the header of a fragment: 8 bytes. *)

val tcp : int
(** Numbers of protocols. *)

val udp : int
val icmp : int
val number : Tcpip.Ip.proto -> int

val read : Cstruct.t -> (t * Cstruct.t) option
(** Header and payload. Options, and routing headers with nothing left to do, are skipped, eight headers at most.
    What is behind the packet's length is ignored. *)

val write : t -> length:int -> Cstruct.t -> int
(** Writes the headers, {!size} bytes and {!fragment_size} more for a fragment: as many as it answers. [length] is that of
    the payload. *)

val address : Cstruct.t -> int -> Ipaddr.V6.t
(** At an offset.
    @raise Invalid_argument if the buffer is too short *)

val pseudoheader : src:Ipaddr.V6.t -> dst:Ipaddr.V6.t -> int -> int -> Cstruct.t
(** [pseudoheader ~src ~dst proto length], for checksums of upper layers. *)
