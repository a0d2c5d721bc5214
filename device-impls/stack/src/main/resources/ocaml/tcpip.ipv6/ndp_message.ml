(* SPDX-License-Identifier: Apache-2.0 *)

type prefix = {
  prefix : Ipaddr.V6.Prefix.t;
  on_link : bool;
  autonomous : bool;
  valid : int64;
  preferred : int64;
}

type t =
  | Echo_request of Cstruct.t
  | Echo_reply of Cstruct.t
  | Router_solicitation of { source_mac : Macaddr.t option }
  | Router_advertisement of {
      hop_limit : int;
      lifetime : int;
      source_mac : Macaddr.t option;
      mtu : int option;
      prefixes : prefix list;
    }
  | Neighbour_solicitation of { target : Ipaddr.V6.t; source_mac : Macaddr.t option }
  | Neighbour_advertisement of {
      target : Ipaddr.V6.t;
      router : bool;
      solicited : bool;
      override : bool;
      target_mac : Macaddr.t option;
    }
  | Report of Ipaddr.V6.t list

(* ---- Options ---- *)

let source_link = 1
let target_link = 2
let prefix_information = 3
let mtu_option = 5

(* (kind, option) of each; an option of no length makes the message invalid (RFC 4861, 4.6). *)
let read_options buffer =
  let rec go options buffer =
    if Cstruct.length buffer < 8 then Some (List.rev options)
    else
      let length = 8 * Cstruct.get_uint8 buffer 1 in
      if length = 0 || length > Cstruct.length buffer then None
      else
        let kind = Cstruct.get_uint8 buffer 0 in
        go ((kind, Cstruct.sub buffer 0 length) :: options) (Cstruct.shift buffer length)
  in
  go [] buffer

let link_address kind options =
  Option.map
    (fun o -> Macaddr.of_octets_exn (Cstruct.to_string ~off:2 ~len:6 o))
    (List.assoc_opt kind options)

let unsigned buffer at = Int64.logand (Int64.of_int32 (Cstruct.BE.get_uint32 buffer at)) 0xffffffffL

let read_prefix o =
  let length = Cstruct.get_uint8 o 2 and flags = Cstruct.get_uint8 o 3 in
  if Cstruct.length o < 32 || length > 128 then None
  else
    Some
      {
        prefix = Ipaddr.V6.Prefix.(prefix (make length (Ipv6_packet.address o 16)));
        on_link = flags land 0x80 <> 0;
        autonomous = flags land 0x40 <> 0;
        valid = unsigned o 4;
        preferred = unsigned o 8;
      }

let most_prefixes = 8

let prefixes options =
  let found = List.filter (fun (kind, _) -> kind = prefix_information) options in
  List.filteri (fun i _ -> i < most_prefixes) (List.filter_map (fun (_, o) -> read_prefix o) found)

let advertised_mtu options =
  match List.assoc_opt mtu_option options with
  | Some o ->
      let mtu = unsigned o 4 in
      if Int64.compare mtu 1280L >= 0 && Int64.compare mtu 65535L <= 0 then Some (Int64.to_int mtu)
      else None
  | None -> None

(* ---- Reading ---- *)

let router_solicitation = 133
let router_advertisement = 134
let neighbour_solicitation = 135
let neighbour_advertisement = 136
let multicast_report = 143
let echo_request = 128
let echo_reply = 129

(* Options begin at [at]. *)
let with_options buffer at f =
  if Cstruct.length buffer < at then None
  else Option.bind (read_options (Cstruct.shift buffer at)) f

let read_neighbour kind buffer =
  with_options buffer 24 (fun options ->
      let target = Ipv6_packet.address buffer 8 in
      let flags = Cstruct.get_uint8 buffer 4 in
      if Ipaddr.V6.is_multicast target then None
      else if kind = neighbour_solicitation then
        Some (Neighbour_solicitation { target; source_mac = link_address source_link options })
      else
        Some
          (Neighbour_advertisement
             {
               target;
               router = flags land 0x80 <> 0;
               solicited = flags land 0x40 <> 0;
               override = flags land 0x20 <> 0;
               target_mac = link_address target_link options;
             }))

let read_advertisement buffer =
  with_options buffer 16 (fun options ->
      Some
        (Router_advertisement
           {
             hop_limit = Cstruct.get_uint8 buffer 4;
             lifetime = Cstruct.BE.get_uint16 buffer 6;
             source_mac = link_address source_link options;
             mtu = advertised_mtu options;
             prefixes = prefixes options;
           }))

let is_valid ~src ~dst buffer =
  let pseudo = Ipv6_packet.(pseudoheader ~src ~dst icmp (Cstruct.length buffer)) in
  Tcpip_checksum.(finish (sum ~init:(sum pseudo) buffer)) = 0

let read_kind ~src ~hop_limit buffer =
  let kind = Cstruct.get_uint8 buffer 0 in
  let of_this_link = hop_limit = 255 && Cstruct.get_uint8 buffer 1 = 0 in
  if kind = echo_request then Some (Echo_request (Cstruct.shift buffer 4))
  else if kind = echo_reply then Some (Echo_reply (Cstruct.shift buffer 4))
  else if not of_this_link then None
  else if kind = neighbour_solicitation || kind = neighbour_advertisement then
    read_neighbour kind buffer
  else if kind = router_advertisement && Ipaddr.V6.Prefix.(mem src link) then
    read_advertisement buffer
  else if kind = router_solicitation then
    with_options buffer 8 (fun options ->
        Some (Router_solicitation { source_mac = link_address source_link options }))
  else None

let read ~src ~dst ~hop_limit buffer =
  if Cstruct.length buffer < 8 || not (is_valid ~src ~dst buffer) then None
  else read_kind ~src ~hop_limit buffer

(* ---- Writing ---- *)

let link_option kind = function
  | None -> ""
  | Some mac -> Printf.sprintf "%c\001%s" (Char.chr kind) (Macaddr.to_octets mac)

let bit set n = if set then n else 0

(* What follows type, code and checksum. *)
let body = function
  | Echo_request rest -> (echo_request, Cstruct.to_string rest)
  | Echo_reply rest -> (echo_reply, Cstruct.to_string rest)
  | Router_solicitation { source_mac } ->
      (router_solicitation, "\000\000\000\000" ^ link_option source_link source_mac)
  | Neighbour_solicitation { target; source_mac } ->
      ( neighbour_solicitation,
        "\000\000\000\000" ^ Ipaddr.V6.to_octets target ^ link_option source_link source_mac )
  | Neighbour_advertisement { target; router; solicited; override; target_mac } ->
      let flags = bit router 0x80 lor bit solicited 0x40 lor bit override 0x20 in
      ( neighbour_advertisement,
        Printf.sprintf "%c\000\000\000%s%s" (Char.chr flags) (Ipaddr.V6.to_octets target)
          (link_option target_link target_mac) )
  | Report groups ->
      (* CHANGE_TO_EXCLUDE_MODE with no sources: everything sent to the group is wanted. *)
      let record group = "\004\000\000\000" ^ Ipaddr.V6.to_octets group in
      let count = Char.chr (List.length groups) in
      (multicast_report, Printf.sprintf "\000\000\000%c%s" count (String.concat "" (List.map record groups)))
  | Router_advertisement _ -> invalid_arg "Ndp_message.make: a host advertises no router"

let make ~src ~dst t =
  let kind, rest = body t in
  let buffer = Cstruct.of_string (Printf.sprintf "%c\000\000\000%s" (Char.chr kind) rest) in
  let pseudo = Ipv6_packet.(pseudoheader ~src ~dst icmp (Cstruct.length buffer)) in
  Cstruct.BE.set_uint16 buffer 2 Tcpip_checksum.(finish (sum ~init:(sum pseudo) buffer));
  buffer
