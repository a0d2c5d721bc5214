(* SPDX-License-Identifier: Apache-2.0 *)

(** IPv4 over Ethernet, whatever gives it its address: {!Static_ipv4} or DHCP. Fragments are put together by
    {!Ip_reassembly}; a packet larger than the MTU is sent in fragments unless the caller forbids it. *)

type config = { cidr : Ipaddr.V4.Prefix.t;  (** own address and network *) gateway : Ipaddr.V4.t option }

module Make
    (_ : Mirage_random.S)
    (_ : Mirage_clock.MCLOCK)
    (Ethernet : Ethernet.S)
    (Arp : Arp.S) : sig
  include Tcpip.Ip.S with type ipaddr = Ipaddr.V4.t

  val create : Ethernet.t -> Arp.t -> t
  (** Without an address: all but limited broadcast is [`No_route]. *)

  val configure : t -> config option -> unit Lwt.t
  (** Takes an address, tells ARP of it, and announces it; or gives it up. *)

  val configured : t -> config option
end
