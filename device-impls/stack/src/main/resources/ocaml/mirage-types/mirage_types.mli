(* SPDX-License-Identifier: Apache-2.0 *)

(** All module types of devices in one place, under their oldest names. *)

module type DEVICE = Mirage_device.S
module type TIME = Mirage_time.S
module type MCLOCK = Mirage_clock.MCLOCK
module type PCLOCK = Mirage_clock.PCLOCK
module type RANDOM = Mirage_random.S
module type FLOW = Mirage_flow.S
module type CONSOLE = Mirage_console.S
module type BLOCK = Mirage_block.S
module type NETWORK = Mirage_net.S
module type ETHERNET = Ethernet.S
module type ARP = Arp.S
module type IP = Mirage_protocols.IP
module type IPV4 = Mirage_protocols.IPV4
module type IPV6 = Mirage_protocols.IPV6
module type ICMP = Mirage_protocols.ICMP
module type ICMPV4 = Mirage_protocols.ICMPV4
module type UDP = Mirage_protocols.UDP
module type UDPV4 = Mirage_protocols.UDPV4
module type UDPV6 = Mirage_protocols.UDPV6
module type TCP = Mirage_protocols.TCP
module type TCPV4 = Mirage_protocols.TCPV4
module type TCPV6 = Mirage_protocols.TCPV6
module type STACKV4 = Mirage_stack.V4
module type STACKV6 = Mirage_stack.V6
module type STACKV4V6 = Mirage_stack.V4V6
module type CHANNEL = Mirage_channel.S
module type KV_RO = Mirage_kv.RO
module type KV_RW = Mirage_kv.RW
module type FS = Mirage_fs.S
