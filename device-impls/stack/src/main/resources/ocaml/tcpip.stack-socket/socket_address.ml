(* SPDX-License-Identifier: Apache-2.0 *)

module type S = sig
  type t

  val pp : Format.formatter -> t -> unit
  val to_octets : t -> string
  val of_octets_exn : string -> t
end

module Versions (Address : S) = struct
  let same a b = String.length (Address.to_octets a) = String.length (Address.to_octets b)
end

module Dual = struct
  type t = Ipaddr.t

  let pp = Ipaddr.pp

  let to_octets = function
    | Ipaddr.V4 ip -> Ipaddr.V4.to_octets ip
    | Ipaddr.V6 ip -> Ipaddr.V6.to_octets ip

  let of_octets_exn octets =
    if String.length octets = 4 then Ipaddr.V4 (Ipaddr.V4.of_octets_exn octets)
    else Ipaddr.V6 (Ipaddr.V6.of_octets_exn octets)
end

module V4 = struct
  include Ipaddr.V4

  let of_octets_exn octets = of_octets_exn octets
end

module V6 = struct
  include Ipaddr.V6

  let of_octets_exn octets = of_octets_exn octets
end

let v4 prefix = [ Ipaddr.V4.Prefix.address prefix ]
let v6 prefix = [ Option.fold ~none:Ipaddr.V6.unspecified ~some:Ipaddr.V6.Prefix.address prefix ]

let dual ~ipv4_only ~ipv6_only v4_prefix v6_prefix =
  if ipv4_only && ipv6_only then
    invalid_arg "ipv4_only and ipv6_only: one of them at most can be asked for";
  (if ipv6_only then [] else List.map (fun ip -> Ipaddr.V4 ip) (v4 v4_prefix))
  @ if ipv4_only then [] else List.map (fun ip -> Ipaddr.V6 ip) (v6 v6_prefix)
