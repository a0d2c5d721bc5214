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
  let labels = Domain_name.to_strings name in
  let encoded =
    String.concat "" (List.map (fun l -> String.make 1 (Char.chr (String.length l)) ^ l) labels) ^ "\000"
  in
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

(* Raised by what follows, and caught at the end of it. *)
exception Damaged

let check condition = if not condition then raise_notrace Damaged

let byte buffer at =
  check (at < Cstruct.length buffer);
  Cstruct.get_uint8 buffer at

let word buffer at =
  check (at + 2 <= Cstruct.length buffer);
  Cstruct.BE.get_uint16 buffer at

let seconds buffer at =
  check (at + 4 <= Cstruct.length buffer);
  Int64.logand (Int64.of_int32 (Cstruct.BE.get_uint32 buffer at)) 0x7fffffffL

(* The labels of a name and the position behind it. A pointer leads to something before the place where the name, or the
   part of it that was read last, began: so it ends. *)
let read_name buffer at =
  let rec labels acc ~start at ~stop =
    match byte buffer at with
    | 0 -> (List.rev acc, Option.value stop ~default:(at + 1))
    | n when n land 0xc0 = 0xc0 ->
        let target = word buffer at land 0x3fff in
        check (target < start);
        labels acc ~start:target target ~stop:(Some (Option.value stop ~default:(at + 2)))
    | n ->
        check (n < 64 && at + 1 + n <= Cstruct.length buffer);
        labels (Cstruct.to_string ~off:(at + 1) ~len:n buffer :: acc) ~start (at + 1 + n) ~stop
  in
  let labels, stop = labels [] ~start:at at ~stop:None in
  match Domain_name.of_strings labels with
  | Ok name -> (name, stop)
  | Error _ -> raise_notrace Damaged

let read_question buffer at =
  let name, at = read_name buffer at in
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
  else if kind = type_cname then Some (Alias (fst (read_name buffer at)))
  else None

(* The last number of a zone's record, but not longer than the record itself. *)
let read_minimum buffer at length ttl =
  check (length >= 20);
  Int64.min ttl (seconds buffer (at + length - 4))

let read_record buffer at =
  let name, at = read_name buffer at in
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

let read buffer = match read_answer buffer with answer -> Some answer | exception Damaged -> None
