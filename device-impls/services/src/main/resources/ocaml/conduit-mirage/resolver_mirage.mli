(* SPDX-License-Identifier: Apache-2.0 *)

(** From URIs to addresses, by the domain name system. *)

module type S = Resolver_lwt.S

module Make
    (_ : Mirage_random.S)
    (_ : Mirage_time.S)
    (_ : Mirage_clock.MCLOCK)
    (_ : Mirage_clock.PCLOCK)
    (Stack : Tcpip.Stack.V4V6) : sig
  include S with type t = Resolver_lwt.t

  val v : ?nameservers:(Ipaddr.t * int) list -> Stack.t -> t
  (** Addresses in URIs stand for themselves. A name's IPv4 address comes first, that of IPv6 if there is no other. *)
end
