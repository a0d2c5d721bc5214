(* SPDX-License-Identifier: Apache-2.0 *)

(** The layers put together as stacks. A stack listens from [connect] on; [listen] is resolved when it is
    disconnected. *)

module Make
    (_ : Mirage_time.S)
    (_ : Mirage_random.S)
    (Net : Mirage_net.S)
    (Ethernet : Ethernet.S)
    (Arp : Arp.S)
    (Ip : Tcpip.Ip.S with type ipaddr = Ipaddr.V4.t)
    (Icmp : Icmpv4.S)
    (Udp : Tcpip.Udp.S with type ipaddr = Ipaddr.V4.t)
    (Tcp : Tcpip.Tcp.S with type ipaddr = Ipaddr.V4.t) : sig
  include
    Tcpip.Stack.V4 with module IPV4 = Ip and module UDPV4 = Udp and module TCPV4 = Tcp

  val connect : Net.t -> Ethernet.t -> Arp.t -> Ip.t -> Icmp.t -> Udp.t -> Tcp.t -> t Lwt.t
end

module MakeV6
    (_ : Mirage_time.S)
    (_ : Mirage_random.S)
    (Net : Mirage_net.S)
    (Ethernet : Ethernet.S)
    (Ip : Tcpip.Ip.S with type ipaddr = Ipaddr.V6.t)
    (Udp : Tcpip.Udp.S with type ipaddr = Ipaddr.V6.t)
    (Tcp : Tcpip.Tcp.S with type ipaddr = Ipaddr.V6.t) : sig
  include Tcpip.Stack.V6 with module IP = Ip and module UDP = Udp and module TCP = Tcp

  val connect : Net.t -> Ethernet.t -> Ip.t -> Udp.t -> Tcp.t -> t Lwt.t
end

(** Both versions of IP as one, told apart by the addresses. *)
module IPV4V6
    (Ipv4 : Tcpip.Ip.S with type ipaddr = Ipaddr.V4.t)
    (Ipv6 : Tcpip.Ip.S with type ipaddr = Ipaddr.V6.t) : sig
  include Tcpip.Ip.S with type ipaddr = Ipaddr.t

  val connect : ipv4_only:bool -> ipv6_only:bool -> Ipv4.t -> Ipv6.t -> t Lwt.t
  (** With [ipv4_only], packets of IPv6 are neither received nor sent; the other way round with [ipv6_only].
      @raise Invalid_argument if both are asked for *)
end

module MakeV4V6
    (_ : Mirage_time.S)
    (_ : Mirage_random.S)
    (Net : Mirage_net.S)
    (Ethernet : Ethernet.S)
    (Arp : Arp.S)
    (Ip : Tcpip.Ip.S with type ipaddr = Ipaddr.t)
    (Icmp : Icmpv4.S)
    (Udp : Tcpip.Udp.S with type ipaddr = Ipaddr.t)
    (Tcp : Tcpip.Tcp.S with type ipaddr = Ipaddr.t) : sig
  include Tcpip.Stack.V4V6 with module IP = Ip and module UDP = Udp and module TCP = Tcp

  val connect : Net.t -> Ethernet.t -> Arp.t -> Ip.t -> Icmp.t -> Udp.t -> Tcp.t -> t Lwt.t
end
