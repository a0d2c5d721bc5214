(* SPDX-License-Identifier: Apache-2.0 *)

type op = Request | Reply

type t = {
  operation : op;
  source_mac : Macaddr.t;
  source_ip : Ipaddr.V4.t;
  target_mac : Macaddr.t;
  target_ip : Ipaddr.V4.t;
}

type error = Too_short | Unusable

let size = 28

let pp ppf t =
  Format.fprintf ppf "ARP %s from %a (%a) to %a (%a)"
    (match t.operation with Request -> "request" | Reply -> "reply")
    Ipaddr.V4.pp t.source_ip Macaddr.pp t.source_mac Ipaddr.V4.pp t.target_ip Macaddr.pp t.target_mac

let pp_error ppf error =
  Format.pp_print_string ppf
    (match error with
    | Too_short -> "shorter than 28 bytes"
    | Unusable -> "neither request nor reply for IPv4 over Ethernet")

let equal a b =
  a.operation = b.operation
  && Macaddr.compare a.source_mac b.source_mac = 0
  && Ipaddr.V4.compare a.source_ip b.source_ip = 0
  && Macaddr.compare a.target_mac b.target_mac = 0
  && Ipaddr.V4.compare a.target_ip b.target_ip = 0

(* Hardware Ethernet, protocol IPv4, lengths of their addresses. *)
let ethernet_ipv4 = "\000\001\008\000\006\004"
let mac buffer offset = Macaddr.of_octets_exn (Cstruct.to_string ~off:offset ~len:6 buffer)
let ip buffer offset = Ipaddr.V4.of_int32 (Cstruct.BE.get_uint32 buffer offset)

let decode buffer =
  if Cstruct.length buffer < size then Error Too_short
  else if not (String.equal (Cstruct.to_string ~len:6 buffer) ethernet_ipv4) then Error Unusable
  else
    let packet operation =
      Ok
        { operation; source_mac = mac buffer 8; source_ip = ip buffer 14; target_mac = mac buffer 18;
          target_ip = ip buffer 24 }
    in
    match Cstruct.BE.get_uint16 buffer 6 with
    | 1 -> packet Request
    | 2 -> packet Reply
    | _ -> Error Unusable

let encode_into t buffer =
  Cstruct.blit_from_string ethernet_ipv4 0 buffer 0 6;
  Cstruct.BE.set_uint16 buffer 6 (match t.operation with Request -> 1 | Reply -> 2);
  Cstruct.blit_from_string (Macaddr.to_octets t.source_mac) 0 buffer 8 6;
  Cstruct.BE.set_uint32 buffer 14 (Ipaddr.V4.to_int32 t.source_ip);
  Cstruct.blit_from_string (Macaddr.to_octets t.target_mac) 0 buffer 18 6;
  Cstruct.BE.set_uint32 buffer 24 (Ipaddr.V4.to_int32 t.target_ip)

let encode t =
  let buffer = Cstruct.create size in
  encode_into t buffer;
  buffer
