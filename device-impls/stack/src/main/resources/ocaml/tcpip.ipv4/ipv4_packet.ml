(* SPDX-License-Identifier: Apache-2.0 *)

type t = {
  src : Ipaddr.V4.t;
  dst : Ipaddr.V4.t;
  id : int;
  more_fragments : bool;
  offset : int;
  ttl : int;
  proto : int;
}

let size = 20
let number : Tcpip.Ip.proto -> int = function `ICMP -> 1 | `TCP -> 6 | `UDP -> 17
let address buffer offset = Ipaddr.V4.of_int32 (Cstruct.BE.get_uint32 buffer offset)

let read_header buffer =
  let fragment = Cstruct.BE.get_uint16 buffer 6 in
  {
    src = address buffer 12;
    dst = address buffer 16;
    id = Cstruct.BE.get_uint16 buffer 4;
    more_fragments = fragment land 0x2000 <> 0;
    offset = (fragment land 0x1fff) * 8;
    ttl = Cstruct.get_uint8 buffer 8;
    proto = Cstruct.get_uint8 buffer 9;
  }

let read buffer =
  let available = Cstruct.length buffer in
  if available < size then None
  else
    let first = Cstruct.get_uint8 buffer 0 in
    let header = (first land 15) * 4 and length = Cstruct.BE.get_uint16 buffer 2 in
    if
      first lsr 4 = 4 && header >= size && length >= header && length <= available
      && Tcpip_checksum.(finish (sum_part buffer 0 header)) = 0
    then Some (read_header buffer, Cstruct.sub buffer header (length - header))
    else None

let write t ~length buffer =
  Cstruct.BE.set_uint16 buffer 0 0x4500;
  Cstruct.BE.set_uint16 buffer 2 length;
  Cstruct.BE.set_uint16 buffer 4 t.id;
  Cstruct.BE.set_uint16 buffer 6 ((if t.more_fragments then 0x2000 else 0) lor (t.offset / 8));
  Cstruct.set_uint8 buffer 8 t.ttl;
  Cstruct.set_uint8 buffer 9 t.proto;
  Cstruct.BE.set_uint32 buffer 12 (Ipaddr.V4.to_int32 t.src);
  Cstruct.BE.set_uint32 buffer 16 (Ipaddr.V4.to_int32 t.dst);
  Cstruct.BE.set_uint16 buffer 10 Tcpip_checksum.(finish (sum_part buffer 0 size))

let pseudoheader ~src ~dst proto length =
  let buffer = Cstruct.create 12 in
  Cstruct.BE.set_uint32 buffer 0 (Ipaddr.V4.to_int32 src);
  Cstruct.BE.set_uint32 buffer 4 (Ipaddr.V4.to_int32 dst);
  Cstruct.BE.set_uint16 buffer 8 (number proto);
  Cstruct.BE.set_uint16 buffer 10 length;
  buffer
