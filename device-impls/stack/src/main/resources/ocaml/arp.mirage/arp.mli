(* SPDX-License-Identifier: Apache-2.0 *)

(** The address resolution protocol: which Ethernet address has an IPv4 address. *)

module type S = sig
  type t

  val disconnect : t -> unit Lwt.t

  type error = private [> `Timeout ]

  val pp_error : Format.formatter -> error -> unit
  val pp : Format.formatter -> t -> unit

  val get_ips : t -> Ipaddr.V4.t list
  (** The addresses it answers for. *)

  val set_ips : t -> Ipaddr.V4.t list -> unit Lwt.t
  val remove_ip : t -> Ipaddr.V4.t -> unit Lwt.t
  val add_ip : t -> Ipaddr.V4.t -> unit Lwt.t
  val query : t -> Ipaddr.V4.t -> (Macaddr.t, error) result Lwt.t
  val input : t -> Cstruct.t -> unit Lwt.t
end

(** The protocol over an Ethernet interface. It knows 64 addresses at most, each for five minutes after it was
    last heard of; an address that does not answer four requests, one a second, is [`Timeout].

    An address given to [set_ips] or [add_ip] is announced. When somebody else uses it, that is logged, and it
    is announced again, at most once in ten seconds (RFC 5227, 2.4 (b)). *)
module Make (Ethernet : Ethernet.S) (_ : Mirage_time.S) : sig
  include S

  val connect : Ethernet.t -> t Lwt.t
end
