(* SPDX-License-Identifier: Apache-2.0 *)

(** A responder of multicast DNS (RFC 6762) without input or output: one host name in [.local], its addresses, and the
    way back from these to the name. Times are milliseconds of a monotonic clock. Nothing received raises. *)

type t

type event =
  | Claimed of Dns_packet.name  (** nobody else has the name: it is answered from now on *)
  | Taken of Dns_packet.name * Dns_packet.name  (** somebody else has it; the name that is tried next *)

type action =
  | Multicast of Dns_packet.t
  | Reply of Dns_packet.t  (** to the sender of what was received alone *)
  | Tell of event

val check : string -> (unit, string) result
(** Whether it can be a host's name, without [.local]: 1 to 63 letters, digits and hyphens, these not at an end. The error
    is a sentence for people. *)

val create : hostname:string -> addresses:Ipaddr.t list -> random:(int -> int) -> now:int64 -> t
(** Begins to look for others with that name. [random n] is one of 0 to n - 1.
    @raise Invalid_argument for a name that {!check} refuses *)

val name : t -> Dns_packet.name
(** The one that it has, or tries to have. *)

val next : t -> int64
(** When {!wake} is to be called, at the latest; [Int64.max_int] when there is nothing to do. *)

val wake : t -> now:int64 -> action list
val receive : t -> now:int64 -> from:Ipaddr.t -> port:int -> Dns_packet.t -> action list

val set_addresses : t -> now:int64 -> Ipaddr.t list -> action list
(** The host has these from now on: others forget those that are gone. Nothing happens if they are the same. *)

val stop : t -> action list
(** Others forget the name (10.1). *)
