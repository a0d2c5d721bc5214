(* SPDX-License-Identifier: Apache-2.0 *)

type kind = Discover | Offer | Request | Decline | Ack | Nak | Release | Inform

type t = {
  is_reply : bool;
  xid : int32;
  secs : int;
  broadcast : bool;
  ciaddr : Ipaddr.V4.t;
  yiaddr : Ipaddr.V4.t;
  siaddr : Ipaddr.V4.t;
  giaddr : Ipaddr.V4.t;
  chaddr : Macaddr.t;
  kind : kind;
  options : (int * string) list;
}

let client_port = 68
let server_port = 67
let subnet_mask = 1
let routers = 3
let dns_servers = 6
let host_name = 12
let requested_address = 50
let lease_time = 51
let overload = 52
let message_type = 53
let server_identifier = 54
let parameter_list = 55
let message = 56
let max_size = 57
let renewal_time = 58
let rebinding_time = 59
let client_identifier = 61
let kinds = [| Discover; Offer; Request; Decline; Ack; Nak; Release; Inform |]

(* Offsets of the fixed part, which ends with the cookie. *)
let chaddr_at = 28
let sname_at = 44
let file_at = 108
let cookie_at = 236
let options_at = 240
let cookie = 0x63825363l
let smallest = 300

(* ---- Reading ---- *)

let add options number value =
  match List.assoc_opt number options with
  | Some before -> (number, before ^ value) :: List.remove_assoc number options
  | None -> (number, value) :: options

let rec read_options options buffer at stop =
  if at >= stop then options
  else
    match Cstruct.get_uint8 buffer at with
    | 0 -> read_options options buffer (at + 1) stop
    | 255 -> options
    | number when at + 2 <= stop ->
        let length = Cstruct.get_uint8 buffer (at + 1) in
        if at + 2 + length > stop then options
        else
          let value = Cstruct.to_string ~off:(at + 2) ~len:length buffer in
          read_options (add options number value) buffer (at + 2 + length) stop
    | _ -> options

(* Options may go on in the fields for names (RFC 2132, 9.3). *)
let read_overloaded buffer options =
  match List.assoc_opt overload options with
  | Some "\001" -> read_options options buffer file_at cookie_at
  | Some "\002" -> read_options options buffer sname_at file_at
  | Some "\003" ->
      read_options (read_options options buffer file_at cookie_at) buffer sname_at file_at
  | _ -> options

let kind_of options =
  match List.assoc_opt message_type options with
  | Some s when String.length s = 1 && s.[0] >= '\001' && s.[0] <= '\008' ->
      Some kinds.(Char.code s.[0] - 1)
  | _ -> None

let is_ethernet buffer = Cstruct.get_uint8 buffer 1 = 1 && Cstruct.get_uint8 buffer 2 = 6

let read buffer =
  if
    Cstruct.length buffer < options_at
    || (not (is_ethernet buffer))
    || Cstruct.BE.get_uint32 buffer cookie_at <> cookie
  then None
  else
    let options =
      read_overloaded buffer (read_options [] buffer options_at (Cstruct.length buffer))
    in
    let ip at = Ipaddr.V4.of_int32 (Cstruct.BE.get_uint32 buffer at) in
    let message kind =
      {
        is_reply = Cstruct.get_uint8 buffer 0 = 2;
        xid = Cstruct.BE.get_uint32 buffer 4;
        secs = Cstruct.BE.get_uint16 buffer 8;
        broadcast = Cstruct.get_uint8 buffer 10 land 0x80 <> 0;
        ciaddr = ip 12;
        yiaddr = ip 16;
        siaddr = ip 20;
        giaddr = ip 24;
        chaddr = Macaddr.of_octets_exn (Cstruct.to_string ~off:chaddr_at ~len:6 buffer);
        kind;
        options = List.rev (List.remove_assoc message_type options);
      }
    in
    Option.map message (kind_of options)

(* ---- Writing ---- *)

let number_of kind =
  let rec find i = if kinds.(i) = kind then i + 1 else find (i + 1) in
  find 0

let write_option buffer at (number, value) =
  let length = String.length value in
  if length > 255 then invalid_arg "Dhcp_message.make: an option of more than 255 bytes";
  Cstruct.set_uint8 buffer at number;
  Cstruct.set_uint8 buffer (at + 1) length;
  Cstruct.blit_from_string value 0 buffer (at + 2) length;
  at + 2 + length

let make t =
  let options = (message_type, String.make 1 (Char.chr (number_of t.kind))) :: t.options in
  let size = List.fold_left (fun n (_, v) -> n + 2 + String.length v) (options_at + 1) options in
  let buffer = Cstruct.create (max smallest size) in
  Cstruct.set_uint8 buffer 0 (if t.is_reply then 2 else 1);
  Cstruct.set_uint8 buffer 1 1;
  Cstruct.set_uint8 buffer 2 6;
  Cstruct.BE.set_uint32 buffer 4 t.xid;
  Cstruct.BE.set_uint16 buffer 8 (min 0xffff t.secs);
  Cstruct.BE.set_uint16 buffer 10 (if t.broadcast then 0x8000 else 0);
  List.iter
    (fun (at, ip) -> Cstruct.BE.set_uint32 buffer at (Ipaddr.V4.to_int32 ip))
    [ (12, t.ciaddr); (16, t.yiaddr); (20, t.siaddr); (24, t.giaddr) ];
  Cstruct.blit_from_string (Macaddr.to_octets t.chaddr) 0 buffer chaddr_at 6;
  Cstruct.BE.set_uint32 buffer cookie_at cookie;
  let at = List.fold_left (write_option buffer) options_at options in
  Cstruct.set_uint8 buffer at 255;
  buffer

(* ---- Options ---- *)

let addresses t number =
  match List.assoc_opt number t.options with
  | None -> []
  | Some s ->
      let count = String.length s / 4 in
      List.init count (fun i -> Ipaddr.V4.of_int32 (String.get_int32_be s (4 * i)))

let address t number = match addresses t number with first :: _ -> Some first | [] -> None

let seconds t number =
  match List.assoc_opt number t.options with
  | Some s when String.length s = 4 ->
      Some (Int64.logand (Int64.of_int32 (String.get_int32_be s 0)) 0xffffffffL)
  | _ -> None

let of_seconds n =
  let bytes = Bytes.create 4 in
  Bytes.set_int32_be bytes 0 n;
  Bytes.to_string bytes

let of_address ip = of_seconds (Ipaddr.V4.to_int32 ip)
