(* SPDX-License-Identifier: Apache-2.0 *)

open Dns_packet

let port = 5353
let local hostname = Domain_name.of_strings_exn [ hostname; "local" ]
let ttl = 120L
let same_name a b = Domain_name.equal a b
let same a b = same_name a.owner b.owner && kind_of a.data = kind_of b.data && rdata a.data = rdata b.data
let record owner data = { owner; ttl; unique = true; data }
let addresses name ips = List.map (fun ip -> record name (Address ip)) ips

let reverse = function
  | Ipaddr.V4 ip -> Domain_name.raw (Ipaddr.V4.to_domain_name ip)
  | Ipaddr.V6 ip -> Domain_name.raw (Ipaddr.V6.to_domain_name ip)

let pointers name ips = List.map (fun ip -> record (reverse ip) (Pointer name)) ips
let all name ips = addresses name ips @ pointers name ips
let is_asked question r = question.kind = Any || question.kind = kind_of r.data

let answers name ips question =
  let own = List.filter (fun r -> same_name r.owner question.name) (all name ips) in
  match List.filter (is_asked question) own with
  | [] when own <> [] -> [ record question.name (Only (List.sort_uniq compare (List.map (fun r -> kind_of r.data) own))) ]
  | answers -> answers

let order a b =
  let number r = Dns_packet.number (kind_of r.data) in
  match Int.compare (number a) (number b) with 0 -> String.compare (rdata a.data) (rdata b.data) | other -> other

let compare_data a b = List.compare order (List.sort order a) (List.sort order b)
