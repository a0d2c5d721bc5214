(* SPDX-License-Identifier: Apache-2.0 *)

(** The module types of {!Ethernet}, {!Arp} and {!Tcpip} under their older names. *)

module type ETHERNET = Ethernet.S
module type ARP = Arp.S
module type IP = Tcpip.Ip.S
module type IPV4 = Tcpip.Ip.S with type ipaddr = Ipaddr.V4.t
module type IPV6 = Tcpip.Ip.S with type ipaddr = Ipaddr.V6.t
module type ICMP = Icmpv4.S
module type ICMPV4 = Icmpv4.S
module type UDP = Tcpip.Udp.S
module type UDPV4 = Tcpip.Udp.S with type ipaddr = Ipaddr.V4.t
module type UDPV6 = Tcpip.Udp.S with type ipaddr = Ipaddr.V6.t
module type UDPV4V6 = Tcpip.Udp.S with type ipaddr = Ipaddr.t
module type TCP = Tcpip.Tcp.S
module type TCPV4 = Tcpip.Tcp.S with type ipaddr = Ipaddr.V4.t
module type TCPV6 = Tcpip.Tcp.S with type ipaddr = Ipaddr.V6.t
module type TCPV4V6 = Tcpip.Tcp.S with type ipaddr = Ipaddr.t

module Keepalive = Tcpip.Tcp.Keepalive
