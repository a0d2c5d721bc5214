(* SPDX-License-Identifier: Apache-2.0 *)

type fragment = { id : int32; offset : int; last : bool }

type t = {
  src : Ipaddr.V6.t;
  dst : Ipaddr.V6.t;
  hop_limit : int;
  proto : int;
  fragment : fragment option;
}

let size = 40
let fragment_size = 8
let tcp = 6
let udp = 17
let icmp = 58
let number : Tcpip.Ip.proto -> int = function `TCP -> tcp | `UDP -> udp | `ICMP -> icmp
let address buffer at = Ipaddr.V6.of_octets_exn (Cstruct.to_string ~off:at ~len:16 buffer)

(* ---- Reading ---- *)

let hop_by_hop = 0
let routing = 43
let fragment_header = 44
let destination = 60
let most_headers = 8

let read_fragment buffer =
  let word = Cstruct.BE.get_uint16 buffer 2 in
  { id = Cstruct.BE.get_uint32 buffer 4; offset = word land 0xfff8; last = word land 1 = 0 }

(* Follows the chain of headers; what is behind a fragment's header is part of its payload. *)
let rec skip count proto buffer =
  if proto = hop_by_hop || proto = routing || proto = destination then
    if count = 0 || Cstruct.length buffer < 8 then None
    else
      let length = 8 * (Cstruct.get_uint8 buffer 1 + 1) in
      let segments_left = if proto = routing then Cstruct.get_uint8 buffer 3 else 0 in
      if segments_left > 0 || length > Cstruct.length buffer then None
      else skip (count - 1) (Cstruct.get_uint8 buffer 0) (Cstruct.shift buffer length)
  else if proto = fragment_header then
    if Cstruct.length buffer < fragment_size then None
    else
      let fragment = read_fragment buffer in
      Some (Cstruct.get_uint8 buffer 0, Some fragment, Cstruct.shift buffer fragment_size)
  else Some (proto, None, buffer)

let read buffer =
  if Cstruct.length buffer < size || Cstruct.get_uint8 buffer 0 lsr 4 <> 6 then None
  else
    let length = Cstruct.BE.get_uint16 buffer 4 in
    if size + length > Cstruct.length buffer then None
    else
      let packet (proto, fragment, payload) =
        ( { src = address buffer 8; dst = address buffer 24; hop_limit = Cstruct.get_uint8 buffer 7;
            proto; fragment },
          payload )
      in
      Option.map packet (skip most_headers (Cstruct.get_uint8 buffer 6) (Cstruct.sub buffer size length))

(* ---- Writing ---- *)

let set_address buffer at ip = Cstruct.blit_from_string (Ipaddr.V6.to_octets ip) 0 buffer at 16

let write_fragment proto { id; offset; last } buffer =
  Cstruct.BE.set_uint16 buffer 0 (proto lsl 8);
  Cstruct.BE.set_uint16 buffer 2 (offset lor if last then 0 else 1);
  Cstruct.BE.set_uint32 buffer 4 id

let write t ~length buffer =
  let more, first =
    match t.fragment with Some _ -> (fragment_size, fragment_header) | None -> (0, t.proto)
  in
  Cstruct.BE.set_uint32 buffer 0 0x60000000l;
  Cstruct.BE.set_uint16 buffer 4 (length + more);
  Cstruct.set_uint8 buffer 6 first;
  Cstruct.set_uint8 buffer 7 t.hop_limit;
  set_address buffer 8 t.src;
  set_address buffer 24 t.dst;
  Option.iter (fun f -> write_fragment t.proto f (Cstruct.shift buffer size)) t.fragment;
  size + more

let pseudoheader ~src ~dst proto length =
  let buffer = Cstruct.create 40 in
  set_address buffer 0 src;
  set_address buffer 16 dst;
  Cstruct.BE.set_uint32 buffer 32 (Int32.of_int length);
  Cstruct.BE.set_uint32 buffer 36 (Int32.of_int proto);
  buffer
