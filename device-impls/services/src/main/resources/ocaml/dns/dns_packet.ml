(* SPDX-License-Identifier: Apache-2.0 *)

type name = [ `raw ] Domain_name.t
type kind = A | PTR | TXT | AAAA | SRV | NSEC | Any | Kind of int
type question = { name : name; kind : kind; unicast : bool }
type data = Address of Ipaddr.t | Pointer of name | Only of kind list | Bytes of kind * string
type record = { owner : name; ttl : int64; unique : bool; data : data }

type t = {
  id : int;
  response : bool;
  opcode : int;
  authoritative : bool;
  truncated : bool;
  recursion : bool;
  code : int;
  questions : question list;
  answers : record list;
  authorities : record list;
  additionals : record list;
}

let empty =
  { id = 0; response = false; opcode = 0; authoritative = false; truncated = false; recursion = false; code = 0;
    questions = []; answers = []; authorities = []; additionals = [] }

let numbers = [ (A, 1); (PTR, 12); (TXT, 16); (AAAA, 28); (SRV, 33); (NSEC, 47); (Any, 255) ]

let kind_of_number n =
  match List.find_opt (fun (_, number) -> number = n) numbers with Some (kind, _) -> kind | None -> Kind n

let number = function Kind n -> n | kind -> List.assoc kind numbers

let kind_of = function
  | Address (V4 _) -> A
  | Address (V6 _) -> AAAA
  | Pointer _ -> PTR
  | Only _ -> NSEC
  | Bytes (kind, _) -> kind

let header = 12
let internet = 1
let any_class = 255

(* The highest bit of a class: a question's "unicast", a record's "unique". *)
let flag = 0x8000

(* ---- Writing ---- *)

let word n = Printf.sprintf "%c%c" (Char.chr ((n lsr 8) land 255)) (Char.chr (n land 255))

(* The first window of NSEC's bit maps (RFC 4034, 4.1.2). *)
let bit_map kinds =
  let numbers = List.filter (fun n -> n < 256) (List.map number kinds) in
  let map = Bytes.make ((List.fold_left max 0 numbers / 8) + 1) '\000' in
  let set n = Bytes.set_uint8 map (n / 8) (Bytes.get_uint8 map (n / 8) lor (0x80 lsr (n mod 8))) in
  List.iter set numbers;
  word (Bytes.length map) ^ Bytes.to_string map

let rdata = function
  | Address (V4 ip) -> Ipaddr.V4.to_octets ip
  | Address (V6 ip) -> Ipaddr.V6.to_octets ip
  | Pointer name -> Dns_wire.encode name
  | Only kinds -> bit_map kinds
  | Bytes (_, bytes) -> bytes

(* NSEC names the next owner before its map; in multicast DNS that is the owner itself. *)
let written r = match r.data with Only _ -> Dns_wire.encode r.owner ^ rdata r.data | data -> rdata data
let clas condition = word (if condition then internet lor flag else internet)
let write_question q = Dns_wire.encode q.name ^ word (number q.kind) ^ clas q.unicast

let write_record r =
  let data = written r and ttl = Int64.to_int r.ttl in
  String.concat ""
    [ Dns_wire.encode r.owner; word (number (kind_of r.data)); clas r.unique; word (ttl lsr 16); word ttl;
      word (String.length data); data ]

let flags t =
  let bit condition n = if condition then 1 lsl n else 0 in
  bit t.response 15 lor (t.opcode lsl 11) lor bit t.authoritative 10 lor bit t.truncated 9 lor bit t.recursion 8
  lor t.code

let write t =
  let counts = [ List.length t.questions; List.length t.answers; List.length t.authorities; List.length t.additionals ] in
  let records = List.concat [ t.answers; t.authorities; t.additionals ] in
  Cstruct.of_string
    (String.concat ""
       (List.concat
          [ List.map word (t.id :: flags t :: counts); List.map write_question t.questions;
            List.map write_record records ]))

(* ---- Reading ---- *)

let most = 64

let read_question buffer at =
  let name, at = Dns_wire.name buffer at in
  let kind = kind_of_number (Dns_wire.word buffer at) and clas = Dns_wire.word buffer (at + 2) in
  let ours = clas land lnot flag = internet || clas land lnot flag = any_class in
  ((if ours then Some { name; kind; unicast = clas land flag <> 0 } else None), at + 4)

let read_map map =
  let bit n = Char.code map.[2 + (n / 8)] land (0x80 lsr (n mod 8)) <> 0 in
  let length = String.length map in
  if length < 3 || map.[0] <> '\000' || Char.code map.[1] <> length - 2 || length > 34 then []
  else List.map kind_of_number (List.filter bit (List.init (8 * (length - 2)) Fun.id))

let read_data buffer kind at length =
  let bytes from = Cstruct.to_string buffer ~off:from ~len:(at + length - from) in
  match kind with
  | A when length = 4 -> Address (V4 (Ipaddr.V4.of_octets_exn (bytes at)))
  | AAAA when length = 16 -> Address (V6 (Ipaddr.V6.of_octets_exn (bytes at)))
  | PTR -> Pointer (fst (Dns_wire.name buffer at))
  | NSEC ->
      let _, map = Dns_wire.name buffer at in
      Dns_wire.check (map <= at + length);
      Only (read_map (bytes map))
  | kind -> Bytes (kind, bytes at)

let read_record buffer at =
  let owner, at = Dns_wire.name buffer at in
  let kind = kind_of_number (Dns_wire.word buffer at) and clas = Dns_wire.word buffer (at + 2) in
  let ttl = Dns_wire.seconds buffer (at + 4) and length = Dns_wire.word buffer (at + 8) in
  let at = at + 10 in
  Dns_wire.check (at + length <= Cstruct.length buffer);
  let record = { owner; ttl; unique = clas land flag <> 0; data = read_data buffer kind at length } in
  ((if clas land lnot flag = internet then Some record else None), at + length)

let rec several read buffer at count acc =
  if count = 0 then (List.rev acc, at)
  else
    let found, at = read buffer at in
    several read buffer at (count - 1) (match found with Some it -> it :: acc | None -> acc)

let read_message buffer =
  let word = Dns_wire.word buffer in
  let flags = word 2 in
  let left = ref most in
  let section read count at =
    let taken = min !left count in
    left := !left - taken;
    (* Where the next one begins is not known then. *)
    if taken < count then left := 0;
    several read buffer at taken []
  in
  let questions, at = section read_question (word 4) header in
  let answers, at = section read_record (word 6) at in
  let authorities, at = section read_record (word 8) at in
  let additionals, _ = section read_record (word 10) at in
  let bit n = flags land (1 lsl n) <> 0 in
  { id = word 0; response = bit 15; opcode = (flags lsr 11) land 15; authoritative = bit 10; truncated = bit 9;
    recursion = bit 8; code = flags land 15; questions; answers; authorities; additionals }

let read buffer = Dns_wire.total read_message buffer
