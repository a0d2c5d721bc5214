(* SPDX-License-Identifier: Apache-2.0 *)

module Header = Dot11_header
module Ccm = Mirage_crypto.Cipher_block.AES.CCM

type number = { high : int; low : int }

let half = 0xFFFFFF
let zero = { high = 0; low = 0 }
let next n = if n.low = half then { high = (n.high + 1) land half; low = 0 } else { n with low = n.low + 1 }
let is_after a b = a.high > b.high || (a.high = b.high && a.low > b.low)

let number_of_counter text =
  let byte i = Char.code text.[i] in
  { low = byte 0 lor (byte 1 lsl 8) lor (byte 2 lsl 16); high = byte 3 lor (byte 4 lsl 8) lor (byte 5 lsl 16) }

(* The bytes of a number, 0 the least significant. *)
let byte n i = if i < 3 then (n.low lsr (8 * i)) land 0xFF else (n.high lsr (8 * (i - 3))) land 0xFF
let counter_of_number n = String.init 8 (fun i -> if i < 6 then Char.chr (byte n i) else '\000')

(* ---- Header, 12.5.3.2: PN0 PN1 reserved flags PN2 PN3 PN4 PN5 ---- *)

let header_length = 8
let extended_iv = 0x20

let write_header frame ~at ~key_id n =
  let put i value = Cstruct.set_uint8 frame (at + i) value in
  put 0 (byte n 0);
  put 1 (byte n 1);
  put 2 0;
  put 3 (extended_iv lor (key_id lsl 6));
  for i = 2 to 5 do put (i + 2) (byte n i) done

let read_header frame ~at =
  if Cstruct.length frame < at + header_length then None
  else
    let get i = Cstruct.get_uint8 frame (at + i) in
    let flags = get 3 in
    if flags land extended_iv = 0 then None
    else
      let low = get 0 lor (get 1 lsl 8) lor (get 4 lsl 16) and high = get 5 lor (get 6 lsl 8) lor (get 7 lsl 16) in
      Some ({ high; low }, flags lsr 6)

(* ---- Encryption ---- *)

type key = Ccm.key

let mic_length = 8
let key secret = Ccm.of_secret ~maclen:mic_length (Cstruct.of_string secret)

(* 12.5.3.3.3: what may change on the way (retry, power management, more data, the sequence number) counts as zero. *)
let authenticated (header : Header.t) frame =
  let quality = header.kind = Header.Data && header.subtype land 8 <> 0 in
  let fourth = if header.kind = Header.Data && header.to_ds && header.from_ds then 6 else 0 in
  let data = Cstruct.create (22 + fourth + if quality then 2 else 0) in
  Cstruct.blit frame 0 data 0 2;
  if header.kind = Header.Data then Cstruct.set_uint8 data 0 (Cstruct.get_uint8 data 0 land 0x8F);
  Cstruct.set_uint8 data 1 (Cstruct.get_uint8 data 1 land if quality then 0x47 else 0xC7);
  Cstruct.blit frame 4 data 2 18;
  Cstruct.set_uint8 data 20 (Cstruct.get_uint8 frame 22 land 0xF);
  Cstruct.blit frame Header.size data 22 fourth;
  if quality then Cstruct.set_uint8 data (22 + fourth) (Cstruct.get_uint8 frame (Header.size + fourth) land 0xF);
  data

(* 12.5.3.3.4: priority, transmitter, packet number. *)
let nonce (header : Header.t) frame number =
  let quality = header.kind = Header.Data && header.subtype land 8 <> 0 in
  let nonce = Cstruct.create 13 in
  let at = Header.size + if header.to_ds && header.from_ds then 6 else 0 in
  if quality then Cstruct.set_uint8 nonce 0 (Cstruct.get_uint8 frame at land 0xF);
  Cstruct.blit frame 10 nonce 1 6;
  for i = 0 to 5 do Cstruct.set_uint8 nonce (7 + i) (byte number (5 - i)) done;
  nonce

(* What a frame is made of, if it is long enough: nonce, authenticated data, clear part, body. *)
let opened (header : Header.t) frame =
  match read_header frame ~at:header.length with
  | None -> None
  | Some (number, _) ->
      let clear, body = Cstruct.split frame (header.length + header_length) in
      Some (nonce header frame number, authenticated header frame, clear, body)

let encrypt key header frame =
  match opened header frame with
  | None -> invalid_arg "Ccmp.encrypt: a frame without a CCMP header"
  | Some (nonce, adata, clear, body) -> Cstruct.append clear (Ccm.authenticate_encrypt ~key ~nonce ~adata body)

let decrypt key header frame =
  match opened header frame with
  | None -> None
  | Some (nonce, adata, clear, body) ->
      Option.map (Cstruct.append clear) (Ccm.authenticate_decrypt ~key ~nonce ~adata body)
