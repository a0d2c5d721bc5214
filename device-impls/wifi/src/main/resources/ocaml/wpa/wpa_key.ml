(* SPDX-License-Identifier: Apache-2.0 *)

module Sha1 = Mirage_crypto.Hash.SHA1

let shortest = 8
let longest = 63
let digits = 64
let psk_length = 32

let is_digit = function '0' .. '9' | 'a' .. 'f' | 'A' .. 'F' -> true | _ -> false
let is_printable c = c >= ' ' && c <= '~'

let check_passphrase passphrase =
  let length = String.length passphrase in
  if length = digits && String.for_all is_digit passphrase then Ok ()
  else if length < shortest || length > longest then
    Error
      (Printf.sprintf
         "it has %d characters; a WPA2 passphrase has %d to %d, or %d hexadecimal digits, which are the key itself" length
         shortest longest digits)
  else if String.for_all is_printable passphrase then Ok ()
  else Error "it has a character that is not a printable one of ASCII; a WPA2 passphrase has no others"

(* ---- PBKDF2 ---- *)

let rounds = 4096

let xor a b = String.mapi (fun i c -> Char.chr (Char.code c lxor Char.code b.[i])) a

(* The states of HMAC after its two pads are the same in each round. *)
let block hmac salt index =
  let text = Cstruct.of_string (Printf.sprintf "%s\000\000\000%c" salt (Char.chr index)) in
  let first = Sha1.hmac_get (Sha1.hmac_feed hmac text) in
  let sum = Bytes.of_string (Cstruct.to_string first) in
  let rec go left previous =
    if left > 0 then begin
      let next = Sha1.hmac_get (Sha1.hmac_feed hmac previous) in
      for i = 0 to Bytes.length sum - 1 do
        Bytes.set_uint8 sum i (Bytes.get_uint8 sum i lxor Cstruct.get_uint8 next i)
      done;
      go (left - 1) next
    end
  in
  go (rounds - 1) first;
  Bytes.to_string sum

let of_digits text = String.init psk_length (fun i -> Char.chr (int_of_string ("0x" ^ String.sub text (2 * i) 2)))

let psk ~passphrase ~ssid =
  match check_passphrase passphrase with
  | Error why -> invalid_arg ("Wpa_key.psk: " ^ why)
  | Ok () when String.length passphrase = digits -> of_digits passphrase
  | Ok () ->
      let hmac = Sha1.hmac_empty ~key:(Cstruct.of_string passphrase) in
      String.sub (block hmac ssid 1 ^ block hmac ssid 2) 0 psk_length

(* ---- Keys of an association ---- *)

let hmac key text = Cstruct.to_string (Sha1.hmac ~key:(Cstruct.of_string key) text)

let prf ~key ~label data length =
  let block i = hmac key (Cstruct.of_string (Printf.sprintf "%s\000%s%c" label data (Char.chr i))) in
  let count = (length + Sha1.digest_size - 1) / Sha1.digest_size in
  String.sub (String.concat "" (List.init count block)) 0 length

type transient = { kck : string; kek : string; tk : string }

let transient ~pmk ~authenticator ~supplicant ~anonce ~snonce =
  let both a b = if String.compare a b < 0 then a ^ b else b ^ a in
  let addresses = both (Macaddr.to_octets authenticator) (Macaddr.to_octets supplicant) in
  let keys = prf ~key:pmk ~label:"Pairwise key expansion" (addresses ^ both anonce snonce) 48 in
  { kck = String.sub keys 0 16; kek = String.sub keys 16 16; tk = String.sub keys 32 16 }

let mic ~kck frame = String.sub (hmac kck frame) 0 16

let signed ~kck message =
  let frame = Eapol_key.build message in
  Eapol_key.set_mic frame (mic ~kck frame);
  frame

let is_signed ~kck frame =
  let difference = xor (mic ~kck (Eapol_key.without_mic frame)) (Eapol_key.mic frame) in
  Seq.fold_left (fun sum c -> sum lor Char.code c) 0 (String.to_seq difference) = 0
