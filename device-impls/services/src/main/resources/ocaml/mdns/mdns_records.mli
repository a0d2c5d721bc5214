(* SPDX-License-Identifier: Apache-2.0 *)

(** What a host says of itself in multicast DNS. *)

open Dns_packet

val port : int
(** 5353. *)

val local : string -> name
(** The host's name in [.local]. *)

val ttl : int64
(** Of all records, in seconds (RFC 6762, 10). *)

val same_name : name -> name -> bool
val same : record -> record -> bool  (** owner, kind and data *)

val addresses : name -> Ipaddr.t list -> record list
val all : name -> Ipaddr.t list -> record list
(** These, and the pointers from the addresses to the name. *)

val answers : name -> Ipaddr.t list -> question -> record list
(** Empty for what is somebody else's. That there is none of a kind is an answer, too (6.1). *)

val compare_data : record list -> record list -> int
(** Who of two that ask for one name at a time wins: the later one (8.2). *)
