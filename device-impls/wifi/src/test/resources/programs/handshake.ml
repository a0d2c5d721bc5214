(* SPDX-License-Identifier: Apache-2.0 *)

(* A station and an access point without radio or time: what one wants to be sent is given to the other by hand, and what an
   attacker could send besides. *)

module Action = Wifi_action

let say fmt = Printf.ksprintf print_endline fmt
let random_state = Random.State.make [| 7 |]
let random n = String.init n (fun _ -> Char.chr (Random.State.int random_state 256))
let mac last = Macaddr.of_octets_exn (Printf.sprintf "\002\000\000\000\001%c" last)
let ap_mac = mac '\001'
let station_mac = mac '\002'
let wanted = Result.get_ok (Wifi_network.wanted ~ssid:"home" ~passphrase:(String.make 64 'a'))
let mode = Wifi_cipher.Hardware
let ap = Wifi_access_point.create ~mac:ap_mac ~mode ~random ~channel:1 wanted
let station = Wifi_station.create ~mac:station_mac ~mode ~random

let received ?(decrypted = false) frame =
  { Action.frame = Cstruct.of_string frame; rssi = -40; channel = 1; decrypted }

let sent actions =
  List.filter_map (function Action.Send { frame; _ } -> Some (Cstruct.to_string frame) | _ -> None) actions

let keys actions =
  let shown = function
    | Action.Set_key { slot; key_id; group; _ } ->
        Some (Printf.sprintf "slot %d id %d %s" slot key_id (if group then "group" else "pairwise"))
    | _ -> None
  in
  List.filter_map shown actions

let installs name actions = say "%s installs: %s" name (String.concat ", " (keys actions))

(* What is encrypted by a slot arrives in clear. *)
let is_secured frame = Char.code frame.[1] land 0x40 <> 0
let give machine frame = machine (received ~decrypted:(is_secured frame) frame)
let to_station = give (Wifi_station.frame station)
let to_ap = give (Wifi_access_point.frame ap)
let all f frames = List.concat_map f frames
let delivered actions = List.length (List.filter (function Action.Deliver _ -> true | _ -> false) actions)

let ethernet destination source =
  let buffer = Cstruct.create (Dot11_data.front + 60) in
  let frame = Cstruct.shift buffer Dot11_data.front in
  Cstruct.blit_from_string (Macaddr.to_octets destination) 0 frame 0 6;
  Cstruct.blit_from_string (Macaddr.to_octets source) 0 frame 6 6;
  Cstruct.BE.set_uint16 frame 12 0x0800;
  buffer

let number frame = (fst (Option.get (Ccmp.read_header (Cstruct.of_string frame) ~at:24))).low

(* The body of a message to the station, its frame made anew by somebody else. *)
let eapol frame = Cstruct.of_string (String.sub frame 32 (String.length frame - 32))

let as_frame body =
  match Wifi_eapol.frame mode None (Dot11_data.From_access_point ap_mac) ~source:ap_mac ~destination:station_mac body with
  | [ Action.Send { frame; _ } ] -> Cstruct.to_string frame
  | _ -> assert false

let () =
  let probe = sent (Wifi_station.join station wanted) in
  ignore (Wifi_access_point.start ap);
  let answer = sent (all to_ap probe) in
  ignore (all to_station answer);
  let auth = sent (Wifi_station.wake station) in
  let associate = sent (all to_station (sent (all to_ap auth))) in
  let first = sent (all to_ap associate) in
  let second = sent (all to_station first) in
  let third = sent (all to_ap second) in
  say "messages: %d %d" (List.length second) (List.length third);
  let third = List.hd third in
  let changed = Bytes.of_string third in
  Bytes.set changed 60 '\x77';
  say "a changed message 3 is answered %d times" (List.length (sent (to_station (Bytes.to_string changed))));
  let actions = to_station third in
  installs "station" actions;
  let fourth = sent actions in
  (* The fourth message is lost. Frames flow, and then the third comes again. *)
  let send_one () = number (List.hd (sent (Wifi_station.send station (ethernet ap_mac station_mac)))) in
  let one = send_one () in
  let two = send_one () in
  let three = send_one () in
  say "packets %d %d %d" one two three;
  say "the same message 3 is answered %d times" (List.length (sent (to_station third)));
  let again = sent (all (fun _ -> Wifi_access_point.wake ap) (List.init 12 Fun.id)) in
  let again = List.filter (fun f -> String.length f > 150 && Char.code f.[0] = 8) again in
  let actions = all to_station again in
  installs "message 3 again" actions;
  let fourth_again = sent actions in
  say "it is answered %d times, in clear %b" (List.length fourth_again) (not (List.exists is_secured fourth_again));
  say "packet %d" (send_one ());
  ignore fourth;
  let actions = all to_ap fourth_again in
  installs "access point" actions;
  (* Data: a frame that is played again, and one in clear. *)
  let data = List.hd (sent (Wifi_access_point.send ap (ethernet station_mac ap_mac))) in
  let once = delivered (to_station data) in
  say "a frame is delivered %d times, then %d" once (delivered (to_station data));
  let buffer = ethernet station_mac ap_mac in
  let clear =
    Option.get (Dot11_data.of_ethernet (Dot11_data.From_access_point ap_mac) ~secured:false buffer)
  in
  say "a frame in clear %d times" (delivered (to_station (Cstruct.to_string clear)));
  (* The group key changes; what was told before is told again. *)
  let rekey = Wifi_access_point.rekey ap in
  installs "access point" rekey;
  let message = List.hd (sent rekey) in
  let actions = to_station message in
  installs "station" actions;
  let plain = as_frame (eapol (String.sub message 0 24 ^ String.sub message 32 (String.length message - 32))) in
  let actions' = to_station plain in
  say "group message again: %d answers" (List.length (sent actions'));
  installs "it" actions';
  let again = sent (all (fun _ -> Wifi_access_point.wake ap) (List.init 12 Fun.id)) in
  let actions' = all to_station (List.filter (fun f -> Char.code f.[0] = 8) again) in
  say "told anew: %d answers" (List.length (sent actions'));
  installs "it" actions';
  say "an old message 3: %d answers" (List.length (sent (to_station third)));
  ignore (all to_ap (sent actions));
  let broadcast () = List.hd (sent (Wifi_access_point.send ap (ethernet Macaddr.broadcast ap_mac))) in
  say "a frame to all is delivered %d times" (delivered (to_station (broadcast ())));
  (* An hour of beacons. *)
  let hour = all (fun _ -> Wifi_access_point.wake ap) (List.init 36_100 Fun.id) in
  installs "access point after an hour" hour
