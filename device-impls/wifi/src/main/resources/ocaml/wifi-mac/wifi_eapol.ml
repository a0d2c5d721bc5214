(* SPDX-License-Identifier: Apache-2.0 *)

let header = 14

let body frame =
  if Cstruct.length frame < header || Cstruct.BE.get_uint16 frame 12 <> Eapol_key.ethertype then None
  else Some (Cstruct.shift frame header)

let frame mode key direction ~source ~destination body =
  let buffer = Cstruct.create (Dot11_data.overhead + Cstruct.length body) in
  let ethernet = Cstruct.shift buffer Dot11_data.front in
  Cstruct.blit_from_string (Macaddr.to_octets destination) 0 ethernet 0 6;
  Cstruct.blit_from_string (Macaddr.to_octets source) 0 ethernet 6 6;
  Cstruct.BE.set_uint16 ethernet 12 Eapol_key.ethertype;
  Cstruct.blit body 0 ethernet header (Cstruct.length body);
  match (Dot11_data.of_ethernet direction ~secured:(Option.is_some key) buffer, key) with
  | None, _ -> []
  | Some frame, None -> [ Wifi_action.Send { frame; slot = None } ]
  | Some frame, Some key -> [ Wifi_cipher.seal mode key frame ]
