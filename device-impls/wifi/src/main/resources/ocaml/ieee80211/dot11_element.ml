(* SPDX-License-Identifier: Apache-2.0 *)

let ssid_number = 0
let rates_number = 1
let channel_number = 3
let tim_number = 5
let rsn_number = 48
let more_rates_number = 50
let vendor = 221
let wpa_type = "\x00\x50\xF2\x01"

let rec find number elements =
  let room = Cstruct.length elements in
  if room < 2 then None
  else
    let length = Cstruct.get_uint8 elements 1 in
    if 2 + length > room then None
    else if Cstruct.get_uint8 elements 0 = number then Some (Cstruct.sub elements 2 length)
    else find number (Cstruct.shift elements (2 + length))

let ssid_longest = 32

let ssid elements =
  match find ssid_number elements with
  | Some body when Cstruct.length body <= ssid_longest ->
      let name = Cstruct.to_string body in
      Some (if String.for_all (Char.equal '\000') name then "" else name)
  | Some _ | None -> None

let channel elements =
  match find channel_number elements with
  | Some body when Cstruct.length body >= 1 ->
      let channel = Cstruct.get_uint8 body 0 in
      if channel >= 1 && channel <= 14 then Some channel else None
  | Some _ | None -> None

let rsn = find rsn_number

let build number body =
  if String.length body > 255 then invalid_arg "Dot11_element.build: body of more than 255 bytes";
  Printf.sprintf "%c%c%s" (Char.chr number) (Char.chr (String.length body)) body

(* 1, 2, 5.5 and 11 Mb/s are basic: every station of 2.4 GHz has them. *)
let rates = [ 0x82; 0x84; 0x8B; 0x96; 0x0C; 0x12; 0x18; 0x24; 0x30; 0x48; 0x60; 0x6C ]
let text codes = String.of_seq (Seq.map Char.chr (List.to_seq codes))
let build_ssid = build ssid_number
let build_rates = build rates_number (text (List.filteri (fun i _ -> i < 8) rates))
let build_more_rates = build more_rates_number (text (List.filteri (fun i _ -> i >= 8) rates))
let build_channel channel = build channel_number (String.make 1 (Char.chr channel))
let build_rsn = build rsn_number

(* DTIM count 0 of 1, no bits. *)
let build_tim = build tim_number "\x00\x01\x00\x00"
