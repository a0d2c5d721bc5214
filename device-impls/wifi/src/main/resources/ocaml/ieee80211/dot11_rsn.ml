(* SPDX-License-Identifier: Apache-2.0 *)

type cipher = Ccmp | Tkip | Other_cipher of int32
type management = Psk | Sae | Enterprise | Other_management of int32

type t = { group : cipher; pairwise : cipher list; managements : management list; frames_protected : bool }

let cipher = function 0x000FAC04l -> Ccmp | 0x000FAC02l -> Tkip | suite -> Other_cipher suite

let management = function
  | 0x000FAC02l -> Psk
  | 0x000FAC08l -> Sae
  | 0x000FAC01l -> Enterprise
  | suite -> Other_management suite

(* Each field may be missing when all behind it are: [rest] is what is left. *)

let suite ~default of_suite rest =
  if Cstruct.length rest = 0 then Ok (of_suite default, rest)
  else if Cstruct.length rest < 4 then Error "its RSN element ends within a suite"
  else Ok (of_suite (Cstruct.BE.get_uint32 rest 0), Cstruct.shift rest 4)

let suites ~default of_suite rest =
  if Cstruct.length rest = 0 then Ok ([ of_suite default ], rest)
  else if Cstruct.length rest < 2 then Error "its RSN element ends within a count"
  else
    let count = Cstruct.LE.get_uint16 rest 0 and rest = Cstruct.shift rest 2 in
    if 4 * count > Cstruct.length rest then Error "its RSN element counts more suites than it has"
    else
      let one i = of_suite (Cstruct.BE.get_uint32 rest (4 * i)) in
      Ok (List.init count one, Cstruct.shift rest (4 * count))

let parse body =
  let ( let* ) = Result.bind in
  if Cstruct.length body < 2 || Cstruct.LE.get_uint16 body 0 <> 1 then Error "its RSN element is of an unknown version"
  else
    let* group, rest = suite ~default:0x000FAC04l cipher (Cstruct.shift body 2) in
    let* pairwise, rest = suites ~default:0x000FAC04l cipher rest in
    let* managements, rest = suites ~default:0x000FAC01l management rest in
    let frames_protected = Cstruct.length rest >= 2 && Cstruct.LE.get_uint16 rest 0 land 0x40 <> 0 in
    Ok { group; pairwise; managements; frames_protected }

let unusable t =
  if not (List.mem Psk t.managements) then
    Some
      (if List.mem Sae t.managements then "it is a WPA3 network; only WPA2 with a passphrase is supported"
       else if List.mem Enterprise t.managements then
         "it asks for IEEE 802.1X (enterprise); only WPA2 with a passphrase is supported"
       else "its way of authentication is unknown; only WPA2 with a passphrase is supported")
  else if not (List.mem Ccmp t.pairwise) then Some "it does not have the cipher CCMP (AES)"
  else if t.group <> Ccmp then Some "its group cipher is not CCMP (AES): it still has TKIP or WEP switched on"
  else if t.frames_protected then Some "it requires protected management frames, which are not supported"
  else None

(* Version 1, group CCMP, one pairwise suite: CCMP, one way of authentication: PSK, no capabilities. *)
let wpa2 = "\x01\x00\x00\x0F\xAC\x04\x01\x00\x00\x0F\xAC\x04\x01\x00\x00\x0F\xAC\x02\x00\x00"
