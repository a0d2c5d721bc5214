(* SPDX-License-Identifier: Apache-2.0 *)

type kind = Management | Data

type t = {
  kind : kind;
  subtype : int;
  to_ds : bool;
  from_ds : bool;
  more_fragments : bool;
  retry : bool;
  power_management : bool;
  secured : bool;
  address1 : Macaddr.t;
  address2 : Macaddr.t;
  address3 : Macaddr.t;
  sequence : int;
  fragment : int;
  length : int;
}

let size = 24
let address frame at = Macaddr.of_octets_exn (Cstruct.to_string frame ~off:at ~len:6)
let is_group mac = not (Macaddr.is_unicast mac)

(* Bits of the second byte of frame control. *)
let to_ds_bit = 0x01
let from_ds_bit = 0x02
let more_fragments_bit = 0x04
let retry_bit = 0x08
let power_bit = 0x10
let secured_bit = 0x40
let order_bit = 0x80

(* 9.3.2.1: a fourth address between two access points, QoS control if the subtype's high bit says so, HT control
   behind it if the order bit says so. *)
let length_of kind subtype flags =
  match kind with
  | Management -> if flags land order_bit <> 0 then size + 4 else size
  | Data ->
      let both = to_ds_bit lor from_ds_bit in
      let fourth = if flags land both = both then 6 else 0 in
      let quality = if subtype land 8 = 0 then 0 else if flags land order_bit <> 0 then 6 else 2 in
      size + fourth + quality

let kind_of control =
  match control land 0x0F with 0x00 -> Some Management | 0x08 -> Some Data | _ -> None

let parse frame =
  if Cstruct.length frame < size then None
  else
    let control = Cstruct.get_uint8 frame 0 and flags = Cstruct.get_uint8 frame 1 in
    match kind_of control with
    | None -> None
    | Some kind ->
        let subtype = control lsr 4 in
        let length = length_of kind subtype flags in
        if Cstruct.length frame < length then None
        else
          let has bit = flags land bit <> 0 in
          let control = Cstruct.LE.get_uint16 frame 22 in
          Some
            { kind; subtype; length; to_ds = has to_ds_bit; from_ds = has from_ds_bit;
              more_fragments = has more_fragments_bit; retry = has retry_bit; power_management = has power_bit;
              secured = has secured_bit; address1 = address frame 4; address2 = address frame 10;
              address3 = address frame 16; sequence = control lsr 4; fragment = control land 0xF }

let write frame kind ~subtype ?(to_ds = false) ?(from_ds = false) ?(power_management = false) ~address1 ~address2
    ~address3 () =
  let bit set value = if set then value else 0 in
  let put mac at = Cstruct.blit_from_string (Macaddr.to_octets mac) 0 frame at 6 in
  Cstruct.set_uint8 frame 0 ((subtype lsl 4) lor match kind with Management -> 0 | Data -> 8);
  Cstruct.set_uint8 frame 1 (bit to_ds to_ds_bit lor bit from_ds from_ds_bit lor bit power_management power_bit);
  Cstruct.LE.set_uint16 frame 2 0;
  put address1 4;
  put address2 10;
  put address3 16;
  Cstruct.LE.set_uint16 frame 22 0

let set_sequence frame number = Cstruct.LE.set_uint16 frame 22 ((number land 0xFFF) lsl 4)
let set_flag bit frame = Cstruct.set_uint8 frame 1 (Cstruct.get_uint8 frame 1 lor bit)
let set_retry = set_flag retry_bit
let set_secured = set_flag secured_bit
