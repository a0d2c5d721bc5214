(* SPDX-License-Identifier: Apache-2.0 *)

type kind = A | AAAA
type record = Address of Ipaddr.t | Alias of [ `raw ] Domain_name.t

type answer = {
  id : int;
  truncated : bool;
  code : int;
  question : ([ `raw ] Domain_name.t * kind) option;
  records : ([ `raw ] Domain_name.t * int64 * record) list;
  negative_ttl : int64 option;
}

let header = 12
let internet = 1
let type_a = 1
let type_cname = 5
let type_soa = 6
let type_aaaa = 28
let number = function A -> type_a | AAAA -> type_aaaa

(* ---- Writing ---- *)

let question ~id name kind =
  let encoded = Dns_wire.encode name in
  let n = String.length encoded in
  let buffer = Cstruct.create (header + n + 4) in
  Cstruct.BE.set_uint16 buffer 0 id;
  Cstruct.BE.set_uint16 buffer 2 0x0100;
  Cstruct.BE.set_uint16 buffer 4 1;
  Cstruct.blit_from_string encoded 0 buffer header n;
  Cstruct.BE.set_uint16 buffer (header + n) (number kind);
  Cstruct.BE.set_uint16 buffer (header + n + 2) internet;
  buffer

(* ---- Reading ---- *)

open Dns_wire

let read_question buffer at =
  let name, at = name buffer at in
  let kind = word buffer at in
  let question =
    if kind = type_a then Some (name, A) else if kind = type_aaaa then Some (name, AAAA) else None
  in
  (question, at + 4)

let read_data buffer kind at length =
  if kind = type_a && length = 4 then
    Some (Address (V4 (Ipaddr.V4.of_int32 (Cstruct.BE.get_uint32 buffer at))))
  else if kind = type_aaaa && length = 16 then
    Some (Address (V6 (Ipaddr.V6.of_octets_exn (Cstruct.to_string ~off:at ~len:16 buffer))))
  else if kind = type_cname then Some (Alias (fst (name buffer at)))
  else None

(* The last number of a zone's record, but not longer than the record itself. *)
let read_minimum buffer at length ttl =
  check (length >= 20);
  Int64.min ttl (seconds buffer (at + length - 4))

let read_record buffer at =
  let name, at = name buffer at in
  let kind = word buffer at and clas = word buffer (at + 2) and ttl = seconds buffer (at + 4) in
  let length = word buffer (at + 8) in
  let at = at + 10 in
  check (at + length <= Cstruct.length buffer);
  let found =
    if clas <> internet then None
    else if kind = type_soa then Some (`Zone (read_minimum buffer at length ttl))
    else Option.map (fun data -> `Record (name, ttl, data)) (read_data buffer kind at length)
  in
  (found, at + length)

let most_records = 64

let rec read_records buffer at count acc =
  if count = 0 then (List.rev acc, at)
  else
    let found, at = read_record buffer at in
    read_records buffer at (count - 1) (match found with Some r -> r :: acc | None -> acc)

let read_answer buffer =
  let flags = word buffer 2 in
  let answers = min most_records (word buffer 6) and authorities = min most_records (word buffer 8) in
  check (flags land 0x8000 <> 0 && word buffer 4 = 1);
  let question, at = read_question buffer header in
  let truncated = flags land 0x0200 <> 0 in
  let found, at = if truncated then ([], at) else read_records buffer at answers [] in
  let zones, _ = if truncated then ([], at) else read_records buffer at authorities [] in
  {
    id = word buffer 0;
    truncated;
    code = flags land 15;
    question;
    records = List.filter_map (function `Record r -> Some r | `Zone _ -> None) found;
    negative_ttl = List.find_map (function `Zone ttl -> Some ttl | `Record _ -> None) zones;
  }

let read buffer = total read_answer buffer
