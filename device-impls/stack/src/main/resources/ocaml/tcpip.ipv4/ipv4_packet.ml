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
let none =
  { src = Ipaddr.V4.any; dst = Ipaddr.V4.any; id = 0; more_fragments = false; offset = 0; ttl = 0; proto = 0 }

let address ~known buffer offset =
  if Int32.equal (Network_order.get32 buffer offset) (Ipaddr.V4.to_int32 known) then known
  else Ipaddr.V4.of_int32 (Network_order.get32 buffer offset)

let read_header ~like buffer =
  let fragment = Network_order.get16 buffer 6 and ttl_and_proto = Network_order.get16 buffer 8 in
  {
    src = address ~known:like.src buffer 12;
    dst = address ~known:like.dst buffer 16;
    id = Network_order.get16 buffer 4;
    more_fragments = fragment land 0x2000 <> 0;
    offset = (fragment land 0x1fff) * 8;
    ttl = ttl_and_proto lsr 8;
    proto = ttl_and_proto land 0xff;
  }

let read_like like buffer =
  let available = Cstruct.length buffer in
  if available < size then None
  else
    let first = Network_order.get16 buffer 0 lsr 8 in
    let header = (first land 15) * 4 and length = Network_order.get16 buffer 2 in
    if
      first lsr 4 = 4 && header >= size && length >= header && length <= available
      && Tcpip_checksum.(finish (sum_part ~init:0 buffer 0 header)) = 0
    then Some (read_header ~like buffer, Cstruct.sub buffer header (length - header))
    else None

let read buffer = read_like none buffer

let write t ~length buffer =
  if Cstruct.length buffer < size then invalid_arg "Ipv4_packet.write: no place for the header";
  Network_order.set16 buffer 0 0x4500;
  Network_order.set16 buffer 2 length;
  Network_order.set16 buffer 4 t.id;
  Network_order.set16 buffer 6 ((if t.more_fragments then 0x2000 else 0) lor (t.offset / 8));
  Network_order.set16 buffer 8 ((t.ttl lsl 8) lor t.proto);
  Network_order.set32 buffer 12 (Ipaddr.V4.to_int32 t.src);
  Network_order.set32 buffer 16 (Ipaddr.V4.to_int32 t.dst);
  Network_order.set16 buffer 10 Tcpip_checksum.(finish (sum_part ~init:0 buffer 0 size))

let pseudoheader ~src ~dst proto length =
  let buffer = Cstruct.create 12 in
  Cstruct.BE.set_uint32 buffer 0 (Ipaddr.V4.to_int32 src);
  Cstruct.BE.set_uint32 buffer 4 (Ipaddr.V4.to_int32 dst);
  Cstruct.BE.set_uint16 buffer 8 (number proto);
  Cstruct.BE.set_uint16 buffer 10 length;
  buffer
