(* SPDX-License-Identifier: Apache-2.0 *)

let ethertype = 0x888E

type t = {
  pairwise : bool;
  install : bool;
  ack : bool;
  mic_present : bool;
  secure : bool;
  encrypted : bool;
  error : bool;
  request : bool;
  key_length : int;
  replay : string;
  nonce : string;
  rsc : string;
  data : string;
}

(* Where the fields are: EAPOL's header of four bytes, then figure 12-33. *)
let header = 4
let key_type = 3
let rsn_descriptor = 2
let information_at = 5
let key_length_at = 7
let replay_at = 9
let nonce_at = 17
let rsc_at = 65
let mic_at = 81
let mic_length = 16
let data_length_at = 97
let data_at = 99

(* Bits of key information, figure 12-34; the low three bits are the version: 2 is HMAC-SHA1-128 and AES key wrap. *)
let version = 2
let pairwise_bit = 0x0008
let install_bit = 0x0040
let ack_bit = 0x0080
let mic_bit = 0x0100
let secure_bit = 0x0200
let error_bit = 0x0400
let request_bit = 0x0800
let encrypted_bit = 0x1000

(* The length of the frame that starts here, if it is one and all there. *)
let whole frame =
  if Cstruct.length frame < data_at || Cstruct.get_uint8 frame 1 <> key_type then None
  else if Cstruct.get_uint8 frame header <> rsn_descriptor then None
  else if Cstruct.BE.get_uint16 frame information_at land 7 <> version then None
  else
    let length = header + Cstruct.BE.get_uint16 frame 2 in
    let data = Cstruct.BE.get_uint16 frame data_length_at in
    if length > Cstruct.length frame || data_at + data > length then None else Some length

let parse frame =
  match whole frame with
  | None -> None
  | Some _ ->
      let information = Cstruct.BE.get_uint16 frame information_at in
      let has bit = information land bit <> 0 in
      let text off len = Cstruct.to_string frame ~off ~len in
      Some
        { pairwise = has pairwise_bit; install = has install_bit; ack = has ack_bit; mic_present = has mic_bit;
          secure = has secure_bit; encrypted = has encrypted_bit; error = has error_bit; request = has request_bit;
          key_length = Cstruct.BE.get_uint16 frame key_length_at; replay = text replay_at 8;
          nonce = text nonce_at 32; rsc = text rsc_at 8;
          data = text data_at (Cstruct.BE.get_uint16 frame data_length_at) }

let build t =
  let size = data_at + String.length t.data in
  let frame = Cstruct.create size in
  let bit set value = if set then value else 0 in
  Cstruct.set_uint8 frame 0 2;
  Cstruct.set_uint8 frame 1 key_type;
  Cstruct.BE.set_uint16 frame 2 (size - header);
  Cstruct.set_uint8 frame header rsn_descriptor;
  Cstruct.BE.set_uint16 frame information_at
    (version lor bit t.pairwise pairwise_bit lor bit t.install install_bit lor bit t.ack ack_bit
   lor bit t.mic_present mic_bit lor bit t.secure secure_bit lor bit t.error error_bit
   lor bit t.request request_bit lor bit t.encrypted encrypted_bit);
  Cstruct.BE.set_uint16 frame key_length_at t.key_length;
  let put text at = Cstruct.blit_from_string text 0 frame at (String.length text) in
  put t.replay replay_at;
  put t.nonce nonce_at;
  put t.rsc rsc_at;
  Cstruct.BE.set_uint16 frame data_length_at (String.length t.data);
  put t.data data_at;
  frame

let mic frame = Cstruct.to_string frame ~off:mic_at ~len:mic_length
let set_mic frame mic = Cstruct.blit_from_string mic 0 frame mic_at mic_length

let without_mic frame =
  let length = Option.value (whole frame) ~default:(Cstruct.length frame) in
  let copy = Cstruct.of_string (Cstruct.to_string frame ~off:0 ~len:length) in
  if length >= mic_at + mic_length then set_mic copy (String.make mic_length '\000');
  copy
