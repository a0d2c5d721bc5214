(* SPDX-License-Identifier: Apache-2.0 *)

open Mirage_runtime.Arg

let ip_address = make Ipaddr.of_string Ipaddr.to_string
let ipv4_address = make Ipaddr.V4.of_string Ipaddr.V4.to_string
let ipv4 = make Ipaddr.V4.Prefix.of_string Ipaddr.V4.Prefix.to_string
let ipv6_address = make Ipaddr.V6.of_string Ipaddr.V6.to_string
let ipv6 = make Ipaddr.V6.Prefix.of_string Ipaddr.V6.Prefix.to_string
