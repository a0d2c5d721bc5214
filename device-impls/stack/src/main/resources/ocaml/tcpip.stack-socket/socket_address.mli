(* SPDX-License-Identifier: Apache-2.0 *)

(** Addresses as sockets have them. *)

(** One version of IP, or both. *)
module type S = sig
  type t

  val pp : Format.formatter -> t -> unit
  val to_octets : t -> string
  val of_octets_exn : string -> t
end

(** Versions of addresses. *)
module Versions (Address : S) : sig
  val same : Address.t -> Address.t -> bool
  (** Whether both are of IPv4, or both of IPv6. *)
end

module V4 : S with type t = Ipaddr.V4.t
module V6 : S with type t = Ipaddr.V6.t
module Dual : S with type t = Ipaddr.t

(** {1 Addresses to listen at}

    [0.0.0.0/0] and none of IPv6 are all addresses of this machine. *)

val v4 : Ipaddr.V4.Prefix.t -> Ipaddr.V4.t list
val v6 : Ipaddr.V6.Prefix.t option -> Ipaddr.V6.t list

val dual :
  ipv4_only:bool -> ipv6_only:bool -> Ipaddr.V4.Prefix.t -> Ipaddr.V6.Prefix.t option -> Ipaddr.t list
(** @raise Invalid_argument if both are asked for *)
