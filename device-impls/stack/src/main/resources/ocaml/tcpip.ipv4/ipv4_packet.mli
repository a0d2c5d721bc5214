(* SPDX-License-Identifier: Apache-2.0 *)

(** The header of IPv4 (RFC 791). *)

type t = {
  src : Ipaddr.V4.t;
  dst : Ipaddr.V4.t;
  id : int;
  more_fragments : bool;
  offset : int;  (** of the fragment, in bytes *)
  ttl : int;
  proto : int;
}

val size : int
(** Of a header without options: 20 bytes. *)

val number : Tcpip.Ip.proto -> int
(** A protocol's number. *)

val read : Cstruct.t -> (t * Cstruct.t) option
(** Header and payload; [None] unless version, lengths and checksum are right. Options are skipped, and so
    is what is behind the packet's length (padding of a frame). *)

val none : t
(** All zeros: no packet has this header. *)

val read_like : t -> Cstruct.t -> (t * Cstruct.t) option
(** The same. Addresses that the given header has, too, are its own ([==]): nothing is made for them, and what looks for them
    finds them faster. *)

val write : t -> length:int -> Cstruct.t -> unit
(** Writes a header without options to the beginning of a buffer of zeros; [length] is the packet's, the header
    included. *)

val pseudoheader : src:Ipaddr.V4.t -> dst:Ipaddr.V4.t -> Tcpip.Ip.proto -> int -> Cstruct.t
(** What upper layers put in front of a message of that length for its checksum. *)
