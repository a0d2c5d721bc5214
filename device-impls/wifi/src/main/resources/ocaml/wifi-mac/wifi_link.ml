(* SPDX-License-Identifier: Apache-2.0 *)

module Header = Dot11_header
module Action = Wifi_action

type t = {
  access_point : Wifi_network.seen;
  supplicant : Wpa_supplicant.t option;
  mutable pairwise : Wifi_cipher.t option;
  groups : Wifi_cipher.t option array;
  mutable rssi : int;
  mutable heard : bool;
  mutable silence : int;
  mutable last : int;
}

type own = { mac : Macaddr.t; mode : Wifi_cipher.mode }

let create (access_point : Wifi_network.seen) supplicant =
  { access_point; supplicant; pairwise = None; groups = Array.make 4 None; rssi = access_point.rssi; heard = true;
    silence = 0; last = -1 }

let bssid t = t.access_point.bssid
let is_secured t = Option.is_none t.supplicant || Option.is_some t.pairwise
let is_from t (header : Header.t) = Macaddr.compare header.address2 (bssid t) = 0
let direction t = Dot11_data.To_access_point (bssid t)

(* ---- Keys ---- *)

let pairwise_slot = 0
let group_slot id = 1 + id

let install own t (keys : Wpa_supplicant.keys) =
  let pairwise =
    match keys.pairwise with
    | None -> []
    | Some secret ->
        let key = Wifi_cipher.create ~id:0 ~slot:pairwise_slot secret in
        t.pairwise <- Some key;
        Wifi_cipher.set own.mode key ~address:(bssid t) ~group:false
  in
  match keys.group with
  | None -> pairwise
  | Some (group, received) ->
      let key = Wifi_cipher.create ~received ~id:group.id ~slot:(group_slot group.id) group.key in
      t.groups.(group.id) <- Some key;
      pairwise @ Wifi_cipher.set own.mode key ~address:(bssid t) ~group:true

let clear_keys own t =
  let slots =
    List.concat
      [ (if Option.is_some t.pairwise then [ pairwise_slot ] else []);
        List.filter_map (fun id -> Option.map (fun _ -> group_slot id) t.groups.(id)) [ 0; 1; 2; 3 ] ]
  in
  match own.mode with Wifi_cipher.Software -> [] | Hardware -> List.map (fun slot -> Action.Clear_key slot) slots

(* ---- Receiving ---- *)

(* An answer goes the way its message came: who has lost our last message of a handshake has no key yet. *)
let handshake own t (header : Header.t) supplicant body =
  let answer frame =
    let key = if header.secured then t.pairwise else None in
    Wifi_eapol.frame own.mode key (direction t) ~source:own.mac ~destination:(bssid t) frame
  in
  match Wpa_supplicant.receive supplicant body with
  | Nothing _ -> []
  | Answer frame -> answer frame
  | Answer_then_install (frame, keys) ->
      let first = answer frame in
      first @ install own t keys

(* Only the handshake may come unprotected where frames are protected. *)
let take own t (header : Header.t) frame =
  match Dot11_data.to_ethernet header frame with
  | None -> []
  | Some ethernet -> (
      match (Wifi_eapol.body ethernet, t.supplicant) with
      | Some body, Some supplicant -> handshake own t header supplicant body
      | Some _, None -> []
      | None, _ ->
          let clear = Option.is_none t.supplicant && not header.secured in
          if clear || (is_secured t && header.secured) then [ Action.Deliver ethernet ] else [])

let key_of t (header : Header.t) (received : Action.received) =
  if not (Header.is_group header.address1) then t.pairwise
  else
    match Ccmp.read_header received.frame ~at:header.length with
    | Some (_, id) -> t.groups.(id)
    | None -> None

(* A frame whose acknowledgement was lost comes again, with the same number (10.3.2.14). *)
let is_again t (header : Header.t) =
  let again = header.retry && header.sequence = t.last in
  t.last <- header.sequence;
  again

let is_to own (header : Header.t) = Macaddr.compare header.address1 own.mac = 0

let data own t (header : Header.t) (received : Action.received) =
  let ours = is_to own header in
  let echo = Macaddr.compare header.address3 own.mac = 0 in
  if (not header.from_ds) || header.to_ds || echo || not (ours || Header.is_group header.address1) then []
  else if ours && is_again t header then []
  else if not header.secured then take own t header received.frame
  else
    match Option.bind (key_of t header received) (fun key -> Wifi_cipher.unseal key header received) with
    | None -> []
    | Some frame -> take own t header frame

(* ---- Sending ---- *)

let send own t buffer =
  match (Dot11_data.of_ethernet (direction t) ~secured:(Option.is_some t.pairwise) buffer, t.pairwise) with
  | None, _ -> []
  | Some frame, None -> [ Action.Send { frame; slot = None } ]
  | Some frame, Some key -> [ Wifi_cipher.seal own.mode key frame ]
