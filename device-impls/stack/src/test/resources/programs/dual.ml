(* SPDX-License-Identifier: Apache-2.0 *)

(* A stack of both versions of IP, as generic_stackv4v6 makes it, for programs beside this file. *)

open Lwt.Infix
open Stacks
module Ipv6_ = Ipv6.Make (Net) (Eth) (Mirage_random_hardware) (OS.Time) (Mclock)
module Ip46 = Tcpip_stack_direct.IPV4V6 (Ip) (Ipv6_)
module Udp46 = Udp.Make (Ip46) (Mirage_random_hardware)
module Tcp46 = Tcp.Flow.Make (Ip46) (OS.Time) (Mclock) (Mirage_random_hardware)

module Stack =
  Tcpip_stack_direct.MakeV4V6 (OS.Time) (Mirage_random_hardware) (Net) (Eth) (Arpv4) (Ip46) (Icmp)
    (Udp46)
    (Tcp46)

module Stack_is_one : Tcpip.Stack.V4V6 = Stack

let dual ?(ipv4_only = false) ?(ipv6_only = false) ?gateway net v4 v6 =
  Eth.connect net >>= fun eth ->
  Arpv4.connect eth >>= fun arp ->
  let cidr = Ipaddr.V4.Prefix.of_string_exn v4 in
  Ip.connect ~no_init:ipv6_only ~cidr eth arp >>= fun ipv4 ->
  Ipv6_.connect ~no_init:ipv4_only ?cidr:(Option.map Ipaddr.V6.Prefix.of_string_exn v6) ?gateway net eth
  >>= fun ipv6 ->
  Ip46.connect ~ipv4_only ~ipv6_only ipv4 ipv6 >>= fun ip ->
  Icmp.connect ipv4 >>= fun icmp ->
  Udp46.connect ip >>= fun udp ->
  Tcp46.connect ip >>= fun tcp -> Stack.connect net eth arp ip icmp udp tcp
