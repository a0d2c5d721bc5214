(* SPDX-License-Identifier: Apache-2.0 *)

(* Frames of real traffic, changed at random, are given to a station and to an access point, which begin anew now and then in
   another state of theirs. Nothing may be raised. Arguments: seed, number of frames. *)

module Action = Wifi_action

let argument i =
  match Lwt.state (Bootvar.argv ()) with
  | Lwt.Return argv -> int_of_string argv.(i)
  | Sleep | Fail _ -> invalid_arg "boot arguments"

let seed = argument 1
let count = argument 2
let state = Random.State.make [| seed |]
let below n = Random.State.int state n
let random n = String.init n (fun _ -> Char.chr (below 256))
let mac last = Macaddr.of_octets_exn (Printf.sprintf "\002\000\000\000\001%c" last)
let wanted psk = { Wifi_network.ssid = "home"; psk }
let psk = String.make 32 'k'

type hosts = { station : Wifi_station.t; ap : Wifi_access_point.t; network : Wifi_network.wanted }

let sent actions =
  List.filter_map (function Action.Send { frame; _ } -> Some (Cstruct.to_string frame) | _ -> None) actions

let corpus = ref [||]
let kept = ref []
let record = ref true

let remember frames = if !record then kept := frames @ !kept
let decrypted frame = String.length frame > 1 && Char.code frame.[1] land 0x40 <> 0 && below 2 = 0

let give machine frame =
  let received = { Action.frame = Cstruct.of_string frame; rssi = -40; channel = 1; decrypted = decrypted frame } in
  sent (machine received)

(* Frames to and fro, until nobody has anything to say. *)
let rec settle hosts ~to_ap ~to_station turns =
  remember (to_ap @ to_station);
  if turns > 0 && (to_ap <> [] || to_station <> []) then
    let from_ap = List.concat_map (give (Wifi_access_point.frame hosts.ap)) to_ap in
    let from_station = List.concat_map (give (Wifi_station.frame hosts.station)) to_station in
    settle hosts ~to_ap:from_station ~to_station:from_ap (turns - 1)

let ethernet destination source =
  let buffer = Cstruct.create (Dot11_data.front + 100) in
  let frame = Cstruct.shift buffer Dot11_data.front in
  Cstruct.blit_from_string (Macaddr.to_octets destination) 0 frame 0 6;
  Cstruct.blit_from_string (Macaddr.to_octets source) 0 frame 6 6;
  Cstruct.BE.set_uint16 frame 12 0x0800;
  buffer

let begin_anew () =
  let network = wanted (if below 2 = 0 then Some psk else None) in
  let mode = if below 2 = 0 then Wifi_cipher.Hardware else Wifi_cipher.Software in
  let ap = Wifi_access_point.create ~mac:(mac '\001') ~mode ~random ~channel:1 network in
  let station = Wifi_station.create ~mac:(mac '\002') ~mode ~random in
  let hosts = { station; ap; network } in
  let beacons = sent (Wifi_access_point.start ap) in
  settle hosts ~to_ap:(sent (Wifi_station.join station network)) ~to_station:beacons 3;
  settle hosts ~to_ap:(sent (Wifi_station.wake station)) ~to_station:[] (below 20);
  settle hosts
    ~to_ap:(sent (Wifi_station.send station (ethernet (mac '\001') (mac '\002'))))
    ~to_station:(sent (Wifi_access_point.send ap (ethernet Macaddr.broadcast (mac '\001'))))
    1;
  if below 2 = 0 then remember (sent (Wifi_access_point.rekey ap));
  hosts

(* ---- Changes ---- *)

let interesting = [| '\000'; '\001'; '\127'; '\128'; '\255' |]

let change_byte bytes =
  if Bytes.length bytes > 0 then
    Bytes.set bytes (below (Bytes.length bytes)) (if below 2 = 0 then Char.chr (below 256) else interesting.(below 5))

let change text =
  let bytes = Bytes.of_string text in
  match below 8 with
  | 0 -> Bytes.sub bytes 0 (below (Bytes.length bytes + 1))
  | 1 -> Bytes.cat bytes (Bytes.of_string (random (below 60)))
  | 2 ->
      let other = Bytes.of_string !corpus.(below (Array.length !corpus)) in
      let at = below (1 + min (Bytes.length bytes) (Bytes.length other)) in
      Bytes.cat (Bytes.sub bytes 0 at) (Bytes.sub other at (Bytes.length other - at))
  | _ ->
      for _ = 0 to below 4 do change_byte bytes done;
      bytes

let one hosts =
  let frame = Bytes.to_string (change !corpus.(below (Array.length !corpus))) in
  ignore (give (Wifi_station.frame hosts.station) frame);
  ignore (give (Wifi_access_point.frame hosts.ap) frame);
  match below 50 with
  | 0 -> ignore (Wifi_station.wake hosts.station)
  | 1 -> ignore (Wifi_access_point.wake hosts.ap)
  | 2 -> ignore (Wifi_station.send hosts.station (ethernet (mac '\001') (mac '\002')))
  | 3 -> ignore (Wifi_access_point.send hosts.ap (ethernet (mac '\002') (mac '\001')))
  | 4 -> ignore (Wifi_station.survey hosts.station ())
  | _ -> ()

(* After all of it, the two still come together: the station looks again until it is in. *)
let works hosts =
  ignore (Wifi_access_point.stop hosts.ap);
  ignore (Wifi_station.leave hosts.station);
  settle hosts ~to_ap:(sent (Wifi_station.join hosts.station hosts.network)) ~to_station:[] 3;
  let rec go left =
    if left > 0 && Wifi_station.link hosts.station = None then begin
      settle hosts ~to_ap:(sent (Wifi_station.wake hosts.station)) ~to_station:[] 20;
      go (left - 1)
    end
  in
  go 200;
  Wifi_station.link hosts.station <> None

let () =
  for _ = 1 to 20 do ignore (begin_anew ()) done;
  corpus := Array.of_list !kept;
  record := false;
  let working = ref 0 and rounds = ref 0 in
  let hosts = ref (begin_anew ()) in
  for i = 1 to count do
    (try one !hosts
     with exn -> Printf.printf "seed %d, frame %d: %s\n%!" seed i (Printexc.to_string exn));
    if i mod 1000 = 0 then begin
      incr rounds;
      if works !hosts then incr working;
      hosts := begin_anew ()
    end
  done;
  Printf.printf "%d frames in the corpus, works after %b\n" (min 100 (Array.length !corpus)) (!working = !rounds)
