(* SPDX-License-Identifier: Apache-2.0 *)

(** Converters for IP addresses, apart from {!Mirage_runtime.Arg} because of their size. *)

open Mirage_runtime.Arg

val ip_address : Ipaddr.t converter
val ipv4_address : Ipaddr.V4.t converter

val ipv4 : Ipaddr.V4.Prefix.t converter
(** Address and prefix length, such as [10.0.0.2/24]; the address part is kept. *)

val ipv6_address : Ipaddr.V6.t converter

val ipv6 : Ipaddr.V6.Prefix.t converter
(** Address and prefix length. *)
