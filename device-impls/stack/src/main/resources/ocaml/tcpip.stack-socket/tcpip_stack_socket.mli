(* SPDX-License-Identifier: Apache-2.0 *)

(** Stacks that are the host's: TCP and UDP over its sockets, as [--net socket] of target unix.

    - Ports are this machine's: listening fails with [Failure] and a message for people when a port is in use, or below
      1024 and the process not root's.
    - [close] of a flow closes both its halves.
    - A callback of [listen] that fails, fails its flow. One that ends leaves it as it is.
    - [ttl] and [src] are the host's affair and not looked at; of IP there are the addresses alone, packets are refused.
    - The name servers are those of the host. *)

(** {1 Protocols}

    The addresses to listen at are those of the prefixes; see {!Socket_address}. *)

module type TCP = sig
  include Tcpip.Tcp.S

  val own : t -> ipaddr list
end

module Tcp4 : sig
  include TCP with type ipaddr = Ipaddr.V4.t

  val connect : Ipaddr.V4.Prefix.t -> t Lwt.t
end

module Udp4 : sig
  include Tcpip.Udp.S with type ipaddr = Ipaddr.V4.t

  val connect : Ipaddr.V4.Prefix.t -> t Lwt.t
end

module Tcp6 : sig
  include TCP with type ipaddr = Ipaddr.V6.t

  val connect : Ipaddr.V6.Prefix.t option -> t Lwt.t
end

module Udp6 : sig
  include Tcpip.Udp.S with type ipaddr = Ipaddr.V6.t

  val connect : Ipaddr.V6.Prefix.t option -> t Lwt.t
end

module Tcp46 : sig
  include TCP with type ipaddr = Ipaddr.t

  val connect :
    ipv4_only:bool -> ipv6_only:bool -> Ipaddr.V4.Prefix.t -> Ipaddr.V6.Prefix.t option -> t Lwt.t
end

module Udp46 : sig
  include Tcpip.Udp.S with type ipaddr = Ipaddr.t

  val connect :
    ipv4_only:bool -> ipv6_only:bool -> Ipaddr.V4.Prefix.t -> Ipaddr.V6.Prefix.t option -> t Lwt.t
end

(** {1 Stacks} *)

module V4
    (Udp : Tcpip.Udp.S with type ipaddr = Ipaddr.V4.t)
    (Tcp : TCP with type ipaddr = Ipaddr.V4.t) : sig
  include Tcpip.Stack.V4 with module UDPV4 = Udp and module TCPV4 = Tcp

  val connect : Udp.t -> Tcp.t -> t Lwt.t
end

module V6
    (Udp : Tcpip.Udp.S with type ipaddr = Ipaddr.V6.t)
    (Tcp : TCP with type ipaddr = Ipaddr.V6.t) : sig
  include Tcpip.Stack.V6 with module UDP = Udp and module TCP = Tcp

  val connect : Udp.t -> Tcp.t -> t Lwt.t
end

module V4V6
    (Udp : Tcpip.Udp.S with type ipaddr = Ipaddr.t)
    (Tcp : TCP with type ipaddr = Ipaddr.t) : sig
  include Tcpip.Stack.V4V6 with module UDP = Udp and module TCP = Tcp

  val connect : Udp.t -> Tcp.t -> t Lwt.t
end
