(* SPDX-License-Identifier: Apache-2.0 *)

let converter of_string print =
  let parse s =
    match of_string s with
    | Ok _ as ok -> ok
    | Error (`Msg message) -> Error ("invalid value '" ^ s ^ "': " ^ message)
  in
  { Functoria_runtime.Arg.parse; print }

let ip_address = converter Ipaddr.of_string Ipaddr.to_string
let ipv4_address = converter Ipaddr.V4.of_string Ipaddr.V4.to_string
let ipv4 = converter Ipaddr.V4.Prefix.of_string Ipaddr.V4.Prefix.to_string
let ipv6_address = converter Ipaddr.V6.of_string Ipaddr.V6.to_string
let ipv6 = converter Ipaddr.V6.Prefix.of_string Ipaddr.V6.Prefix.to_string
