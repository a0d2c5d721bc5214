(* SPDX-License-Identifier: Apache-2.0 *)

module Data = Wpa_key_data

type phase =
  | First  (** message 1 is to be answered by 2 *)
  | Third of Wpa_key.transient  (** message 3 by 4 *)
  | Quiet of Wpa_key.transient
  | Rekeying of Wpa_key.transient  (** a group message *)

type t = {
  pmk : string;
  own : Macaddr.t;
  peer : Macaddr.t;
  announced : string;
  sent : string;
  anonce : string;
  mutable phase : phase;
  mutable counter : int;  (** of the last message; 2{^30} messages are never sent *)
  mutable first : int;  (** of the first message of this phase: an answer to any since then counts *)
  mutable tries : int;
  mutable wrong : bool;  (** a second message was signed with another key *)
}

type outcome = Nothing of string | Send of Cstruct.t | Established of string | Group_key_taken
type group = { current : Data.group; last : Ccmp.number }

let most_tries = 4

let create ~pmk ~own ~peer ~random ~announced ~sent =
  { pmk; own; peer; announced; sent; anonce = random 32; phase = First; counter = 0; first = 1; tries = 0; wrong = false }

let enter t phase =
  t.phase <- phase;
  t.first <- t.counter + 1;
  t.tries <- 0

let is_established t = match t.phase with First | Third _ -> false | Quiet _ | Rekeying _ -> true
let has_wrong_key t = t.wrong && not (is_established t)
let is_given_up t = t.tries >= most_tries

let replay t =
  let bytes = Bytes.make 8 '\000' in
  Bytes.set_int32_be bytes 4 (Int32.of_int t.counter);
  Bytes.to_string bytes

let plain t : Eapol_key.t =
  { pairwise = true; install = false; ack = true; mic_present = false; secure = false; encrypted = false; error = false;
    request = false; key_length = 16; replay = replay t; nonce = t.anonce; rsc = String.make 8 '\000'; data = "" }

let with_group t (keys : Wpa_key.transient) group ~pairwise =
  let rsn = if pairwise then Some t.announced else None in
  Wpa_key.signed ~kck:keys.kck
    { (plain t) with pairwise; install = pairwise; mic_present = true; secure = true; encrypted = true;
                     rsc = Ccmp.counter_of_number group.last;
                     data = Aes_key_wrap.wrap ~kek:keys.kek (Data.build ~rsn group.current) }

let next_message t group =
  t.counter <- t.counter + 1;
  t.tries <- t.tries + 1;
  match t.phase with
  | First -> Some (Eapol_key.build (plain t))
  | Third keys -> Some (with_group t keys group ~pairwise:true)
  | Rekeying keys -> Some (with_group t keys group ~pairwise:false)
  | Quiet _ -> None

let tick t group = match t.phase with Quiet _ -> None | First | Third _ | Rekeying _ -> next_message t group

let rekey t =
  match t.phase with Quiet keys | Rekeying keys -> enter t (Rekeying keys) | First | Third _ -> ()

let is_answer t (message : Eapol_key.t) =
  let high = String.sub message.replay 0 4 and low = String.get_int32_be message.replay 4 in
  let at_least = Int32.compare low (Int32.of_int t.first) >= 0 in
  String.equal high "\000\000\000\000" && at_least && Int32.compare low (Int32.of_int t.counter) <= 0

let second_message t group (message : Eapol_key.t) frame =
  let keys =
    Wpa_key.transient ~pmk:t.pmk ~authenticator:t.own ~supplicant:t.peer ~anonce:t.anonce ~snonce:message.nonce
  in
  if not (Wpa_key.is_signed ~kck:keys.kck frame) then begin
    t.wrong <- true;
    Nothing "message 2: its MIC is wrong"
  end
  else if Data.rsn message.data <> Some t.sent then Nothing "message 2: another RSN element"
  else begin
    enter t (Third keys);
    match next_message t group with Some frame -> Send frame | None -> Nothing "message 2"
  end

let signed_message t (message : Eapol_key.t) (keys : Wpa_key.transient) frame =
  if not (Wpa_key.is_signed ~kck:keys.kck frame) then Nothing "its MIC is wrong"
  else
    match t.phase with
    | Third keys when message.pairwise && message.data = "" ->
        enter t (Quiet keys);
        Established keys.tk
    | Rekeying keys when not message.pairwise ->
        enter t (Quiet keys);
        Group_key_taken
    | First | Third _ | Quiet _ | Rekeying _ -> Nothing "not the message that is waited for"

let receive t group frame =
  match Eapol_key.parse frame with
  | None -> Nothing "not an EAPOL-Key frame of WPA2"
  | Some message when message.ack || message.request || message.error || not message.mic_present ->
      Nothing "not an answer of a station"
  | Some message when not (is_answer t message) -> Nothing "its replay counter is not that of a message waiting"
  | Some message -> (
      match t.phase with
      | First -> if message.pairwise then second_message t group message frame else Nothing "not message 2"
      | Third keys | Rekeying keys -> signed_message t message keys frame
      | Quiet _ -> Nothing "nothing is waited for")
