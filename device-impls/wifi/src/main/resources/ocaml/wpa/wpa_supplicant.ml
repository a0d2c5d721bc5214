(* SPDX-License-Identifier: Apache-2.0 *)

module Data = Wpa_key_data

(* Keys that one pair of nonces has led to. *)
type agreement = { anonce : string; keys : Wpa_key.transient }

type t = {
  pmk : string;
  own : Macaddr.t;
  peer : Macaddr.t;
  random : int -> string;
  sent : string;
  announced : string;
  mutable snonce : string;
  mutable proposed : agreement option;  (** from a first message, which anybody may have sent *)
  mutable current : agreement option;  (** from a third one: its keys are in use *)
  mutable group : Data.group option;
  mutable replay : string;  (** the counter of the last message that was signed *)
}

type keys = { pairwise : string option; group : (Data.group * Ccmp.number) option }
type outcome = Nothing of string | Answer of Cstruct.t | Answer_then_install of Cstruct.t * keys

let nonce_length = 32

let create ~pmk ~own ~peer ~random ~sent ~announced =
  { pmk; own; peer; random; sent; announced; snonce = random nonce_length; proposed = None; current = None; group = None;
    replay = "" }

let is_established t = Option.is_some t.current
let has_answered t = Option.is_some t.proposed
let zeros = String.make nonce_length '\000'

let answer ~kck (message : Eapol_key.t) ~nonce ~data =
  Wpa_key.signed ~kck
    { message with install = false; ack = false; mic_present = true; encrypted = false; key_length = 0; nonce; data;
                   rsc = String.make 8 '\000' }

let first_message t (message : Eapol_key.t) =
  let anonce = message.nonce in
  let keys =
    Wpa_key.transient ~pmk:t.pmk ~authenticator:t.peer ~supplicant:t.own ~anonce ~snonce:t.snonce
  in
  t.proposed <- Some { anonce; keys };
  Answer (answer ~kck:keys.kck message ~nonce:t.snonce ~data:(Dot11_element.build_rsn t.sent))

(* The keys that a group message hands out: none that are in use already. *)
let new_group (t : t) (message : Eapol_key.t) group =
  if t.group = Some group then None
  else begin
    t.group <- Some group;
    Some (group, Ccmp.number_of_counter message.rsc)
  end

let unwrapped (message : Eapol_key.t) kek = if message.encrypted then Aes_key_wrap.unwrap ~kek message.data else None

let answered reply ~pairwise group =
  if pairwise = None && group = None then Answer reply else Answer_then_install (reply, { pairwise; group })

let third_message t (message : Eapol_key.t) agreement =
  match unwrapped message agreement.keys.kek with
  | None -> Nothing "message 3: its keys cannot be unwrapped"
  | Some data -> (
      match (Data.rsn data, Data.group data) with
      | rsn, _ when rsn <> Some t.announced -> Nothing "message 3: another RSN element than the beacon's"
      | _, None -> Nothing "message 3: no group key"
      | _, Some group ->
          t.replay <- message.replay;
          let reply = answer ~kck:agreement.keys.kck message ~nonce:zeros ~data:"" in
          let again = match t.current with Some c -> c.keys = agreement.keys | None -> false in
          if not again then begin
            t.current <- Some agreement;
            (* The next handshake of this association is another one. *)
            t.snonce <- t.random nonce_length
          end;
          answered reply ~pairwise:(if again then None else Some agreement.keys.tk) (new_group t message group))

let group_message t (message : Eapol_key.t) agreement =
  match Option.bind (unwrapped message agreement.keys.kek) Data.group with
  | None -> Nothing "group message: no group key"
  | Some group ->
      t.replay <- message.replay;
      let reply = answer ~kck:agreement.keys.kck message ~nonce:zeros ~data:"" in
      answered reply ~pairwise:None (new_group t message group)

(* The agreement that a signed message belongs to: a third message repeats the nonce of the first. *)
let agreement t (message : Eapol_key.t) =
  let of_nonce candidate =
    match candidate with Some a when String.equal a.anonce message.nonce -> candidate | Some _ | None -> None
  in
  if not message.pairwise then t.current
  else match of_nonce t.proposed with None -> of_nonce t.current | some -> some

let receive t frame =
  match Eapol_key.parse frame with
  | None -> Nothing "not an EAPOL-Key frame of WPA2"
  | Some message when (not message.ack) || message.request || message.error -> Nothing "not a message to a station"
  | Some message when String.compare message.replay t.replay <= 0 -> Nothing "its replay counter has been seen"
  | Some message when message.pairwise && not message.mic_present -> first_message t message
  | Some message -> (
      match agreement t message with
      | Some agreement when message.mic_present && Wpa_key.is_signed ~kck:agreement.keys.kck frame ->
          if not message.pairwise then group_message t message agreement
          else if message.install then third_message t message agreement
          else Nothing "neither message 1 nor 3"
      | Some _ -> Nothing "its MIC is wrong"
      | None -> Nothing "no handshake it belongs to")
