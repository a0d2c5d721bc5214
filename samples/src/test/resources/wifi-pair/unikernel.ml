(* SPDX-License-Identifier: Apache-2.0 *)

(* Two chips: the one with the lower address is the access point, and gives back what the other one, a station, sends. *)

open Lwt.Syntax

let lower = Macaddr.of_string_exn "24:0a:c4:00:01:10"
let passphrase = String.concat "" (List.init 8 (fun _ -> "0123abcd"))
let last = 100
let size = 400

module Pair (Time : Mirage_time.S) = struct
  let ms n = Time.sleep_ns (Duration.of_ms n)
  let number frame = Cstruct.BE.get_uint16 frame 14

  let send wifi destination n =
    let fill frame =
      Cstruct.blit_from_string (Macaddr.to_octets destination) 0 frame 0 6;
      Cstruct.blit_from_string (Macaddr.to_octets (Wifi.mac wifi)) 0 frame 6 6;
      Cstruct.BE.set_uint16 frame 12 0x88B5;
      Cstruct.BE.set_uint16 frame 14 n;
      size
    in
    Lwt.map ignore (Wifi.write wifi ~size fill)

  let listen wifi f = Lwt.async (fun () -> Lwt.map ignore (Wifi.listen wifi ~header_size:14 f))

  let access_point wifi =
    let finished, finish = Lwt.wait () in
    listen wifi (fun frame ->
        let source = Macaddr.of_octets_exn (Cstruct.to_string frame ~off:6 ~len:6) in
        let n = number frame in
        if n > last && Lwt.is_sleeping finished then Lwt.wakeup_later finish ();
        send wifi source n);
    let* served = Wifi.serve wifi ~ssid:"pair" ~passphrase ~channel:9 () in
    (match served with Ok () -> () | Error why -> Logs.err (fun m -> m "%s" why));
    let* () = finished in
    let* () = ms 100 in
    Logs.info (fun m -> m "%d stations" (List.length (Wifi.stations wifi)));
    Lwt.return_unit

  (* One after the other; the number after the last one says that all is over. *)
  let rec ask wifi access_point came n =
    let answer = Lwt.pick [ Lwt_condition.wait came; ms 100 ] in
    let* () = send wifi access_point n in
    let* () = answer in
    if n > last then Lwt.return_unit else ask wifi access_point came (n + 1)

  let station wifi =
    let came = Lwt_condition.create () and back = ref [] in
    listen wifi (fun frame ->
        if number frame <= last then back := number frame :: !back;
        Lwt_condition.signal came ();
        Lwt.return_unit);
    let rec join () =
      let* joined = Wifi.join wifi ~ssid:"pair" ~passphrase () in
      match joined with Ok () -> Lwt.return_unit | Error _ -> join ()
    in
    let* () = join () in
    match Wifi.access_point wifi with
    | None -> Lwt.return_unit
    | Some network ->
        let* () = ask wifi network.bssid came 1 in
        let once = List.length (List.sort_uniq compare !back) in
        Logs.info (fun m -> m "%d back, %d of them twice" once (List.length !back - once));
        Lwt.return_unit

  let start _ =
    let* wifi = Wifi.connect () in
    if Macaddr.compare (Wifi.mac wifi) lower = 0 then access_point wifi
    else
      let* () = ms 200 in
      station wifi
end
