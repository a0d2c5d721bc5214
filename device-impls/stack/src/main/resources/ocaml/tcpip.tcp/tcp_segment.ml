(* SPDX-License-Identifier: Apache-2.0 *)

module Sequence = Tcp_sequence

type options = {
  mss : int;
  window_scale : int;
  sack_permitted : bool;
  timestamp : (int32 * int32) option;
  sack : (Sequence.t * Sequence.t) list;
}

type t = {
  src_port : int;
  dst_port : int;
  seq : Sequence.t;
  ack : Sequence.t;
  flags : int;
  window : int;
  options : options;
  payload : Cstruct.t;
}

let no_options = { mss = 0; window_scale = -1; sack_permitted = false; timestamp = None; sack = [] }
let fin = 1
let syn = 2
let rst = 4
let psh = 8
let ack = 16
let has t flag = t.flags land flag <> 0

let length t =
  let n = Cstruct.length t.payload in
  if t.flags land (syn lor fin) = 0 then n
  else n + (if has t syn then 1 else 0) + if has t fin then 1 else 0

let stop t = Sequence.add t.seq (length t)

(* ---- Reading ---- *)

let fixed_size = 20
let number buffer offset = Sequence.of_int32 (Network_order.get32 buffer offset)

let read_sack buffer offset length =
  (* Not often: a call takes less of flash. *)
  let number i = Sequence.of_int32 (Cstruct.BE.get_uint32 buffer (offset + i)) in
  let rec blocks i =
    if i + 8 > length then []
    else
      let block = (number i, number (i + 4)) in
      block :: blocks (i + 8)
  in
  blocks 2

let read_timestamp buffer offset =
  Some (Network_order.get32 buffer offset, Network_order.get32 buffer (offset + 4))

(* One option of [length] bytes, its kind and length byte included. *)
let read_option options buffer offset kind length =
  match (kind, length) with
  | 2, 4 -> { options with mss = Cstruct.BE.get_uint16 buffer (offset + 2) }
  | 3, 3 -> { options with window_scale = Int.min 14 (Cstruct.get_uint8 buffer (offset + 2)) }
  | 4, 2 -> { options with sack_permitted = true }
  | 5, _ -> { options with sack = read_sack buffer offset length }
  | 8, 10 ->
      { options with timestamp = read_timestamp buffer (offset + 2) }
  | _ -> options

let rec read_options options buffer offset stop =
  if offset >= stop then options
  else
    match Cstruct.get_uint8 buffer offset with
    | 0 -> options
    | 1 -> read_options options buffer (offset + 1) stop
    | kind when offset + 2 <= stop ->
        let length = Cstruct.get_uint8 buffer (offset + 1) in
        if length < 2 || offset + length > stop then options
        else
          let options = read_option options buffer offset kind length in
          read_options options buffer (offset + length) stop
    | _ -> options

(* What nearly all segments of a connection have for options: a time stamp behind two NOPs (RFC 7323, appendix A). *)
let timestamp_alone = 0x0101080al

let read_all_options buffer stop =
  if stop = fixed_size then no_options
  else if stop = fixed_size + 12 && Int32.equal (Network_order.get32 buffer fixed_size) timestamp_alone then
    { no_options with timestamp = read_timestamp buffer (fixed_size + 4) }
  else read_options no_options buffer fixed_size stop

let read buffer =
  let available = Cstruct.length buffer in
  if available < fixed_size then None
  else
    let offset_and_flags = Network_order.get16 buffer 12 in
    let header = (offset_and_flags lsr 12) * 4 in
    if header < fixed_size || header > available then None
    else
      Some
        {
          src_port = Network_order.get16 buffer 0;
          dst_port = Network_order.get16 buffer 2;
          seq = number buffer 4;
          ack = number buffer 8;
          flags = offset_and_flags land 0xff;
          window = Network_order.get16 buffer 14;
          options = read_all_options buffer header;
          payload = Cstruct.shift buffer header;
        }

(* ---- Writing ---- *)

(* Options are written with as many NOPs in front as make them whole words, as everybody does. *)
let options_size o =
  (if o.mss > 0 then 4 else 0)
  + (if o.window_scale >= 0 then 4 else 0)
  + (if o.sack_permitted then 4 else 0)
  + (match o.timestamp with Some _ -> 12 | None -> 0)
  + match o.sack with [] -> 0 | blocks -> 4 + (8 * List.length blocks)

let header_size o = if o == no_options then fixed_size else fixed_size + options_size o
let set_number buffer offset n = Network_order.set32 buffer offset (Sequence.to_int32 n)

let write_word buffer at high low =
  Network_order.set16 buffer at high;
  Network_order.set16 buffer (at + 2) low;
  at + 4

let write_timestamp buffer at = function
  | None -> at
  | Some (value, echo) ->
      Network_order.set32 buffer at timestamp_alone;
      Network_order.set32 buffer (at + 4) value;
      Network_order.set32 buffer (at + 8) echo;
      at + 12

let write_sack buffer at = function
  | [] -> ()
  | blocks ->
      let at = write_word buffer at 0x0101 (0x0500 lor (2 + (8 * List.length blocks))) in
      List.iteri
        (fun i (first, stop) ->
          set_number buffer (at + (8 * i)) first;
          set_number buffer (at + (8 * i) + 4) stop)
        blocks

let write_options o buffer =
  let at = fixed_size in
  let at = if o.mss > 0 then write_word buffer at 0x0204 o.mss else at in
  let at = if o.window_scale >= 0 then write_word buffer at 0x0103 (0x0300 lor o.window_scale) else at in
  let at = if o.sack_permitted then write_word buffer at 0x0101 0x0402 else at in
  let at = write_timestamp buffer at o.timestamp in
  write_sack buffer at o.sack

let write t buffer =
  let header = header_size t.options in
  if Cstruct.length buffer < header then invalid_arg "Tcp_segment.write: no place for the header";
  Network_order.set16 buffer 0 t.src_port;
  Network_order.set16 buffer 2 t.dst_port;
  set_number buffer 4 t.seq;
  set_number buffer 8 t.ack;
  Network_order.set16 buffer 12 (((header / 4) lsl 12) lor t.flags);
  Network_order.set16 buffer 14 t.window;
  if t.options != no_options then write_options t.options buffer

let checksum ~pseudo buffer length =
  let init = Tcpip_checksum.add pseudo length in
  Tcpip_checksum.finish (Tcpip_checksum.sum_part ~init buffer 0 length)

let is_right ~pseudo buffer = checksum ~pseudo buffer (Cstruct.length buffer) = 0
let set_checksum ~pseudo buffer length = Network_order.set16 buffer 16 (checksum ~pseudo buffer length)

(* ---- *)

let reset_for t =
  let zero = Sequence.of_int32 0l in
  let answer = { t with src_port = t.dst_port; dst_port = t.src_port; window = 0; options = no_options;
                 payload = Cstruct.empty } in
  if has t ack then { answer with seq = t.ack; ack = zero; flags = rst }
  else { answer with seq = zero; ack = stop t; flags = rst lor ack }

let pp ppf t =
  let flag bit name = if has t bit then name else "" in
  Format.fprintf ppf "%d > %d %s%s%s%s%s seq %a ack %a win %d len %d" t.src_port t.dst_port (flag syn "S")
    (flag fin "F") (flag rst "R") (flag psh "P") (flag ack ".") Sequence.pp t.seq Sequence.pp t.ack t.window
    (Cstruct.length t.payload)
