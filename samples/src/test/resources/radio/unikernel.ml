(* SPDX-License-Identifier: Apache-2.0 *)

(* Joins an open network frame by frame, with nothing of 802.11 but what stands here. *)

open Lwt.Syntax

let name = "mirage"
let everybody = Macaddr.broadcast

module Raw (Time : Mirage_time.S) = struct
  let header control ~receiver ~sender ~bssid =
    let frame = Cstruct.create 24 in
    Cstruct.LE.set_uint16 frame 0 control;
    List.iteri
      (fun i address -> Cstruct.blit_from_string (Macaddr.to_octets address) 0 frame (4 + (6 * i)) 6)
      [ receiver; sender; bssid ];
    frame

  let sender (r : Radio.received) = Macaddr.of_octets_exn (Cstruct.to_string ~off:10 ~len:6 r.frame)
  let elements = Printf.sprintf "\000%c%s\001\004\002\004\011\022" (Char.chr (String.length name)) name

  (* The next frame of a kind, which it has a second to come. *)
  let await radio kind =
    let rec next () =
      let* received = Radio.receive radio in
      if Cstruct.get_uint8 received.frame 0 = kind then Lwt.return received else next ()
    in
    let late =
      let* () = Time.sleep_ns (Duration.of_sec 1) in
      Lwt.fail_with (Printf.sprintf "no frame of kind %02x" kind)
    in
    Lwt.pick [ next (); late ]

  let status (r : Radio.received) at = Cstruct.LE.get_uint16 r.frame (24 + at)

  let send radio what frame =
    let+ result = Radio.send radio frame in
    Logs.info (fun m ->
        m "%s: %s" what (match result with `Acknowledged -> "acknowledged" | `Not_acknowledged -> "not acknowledged"))

  let start _ =
    let* radio = Radio.connect () in
    let own = Radio.mac radio in
    Radio.set_channel radio 6;
    let* beacon = await radio 0x80 in
    let bssid = sender beacon in
    Logs.info (fun m ->
        m "beacon of %S from %a: %d dBm on channel %d"
          (Cstruct.to_string ~off:38 ~len:(Cstruct.get_uint8 beacon.frame 37) beacon.frame)
          Macaddr.pp bssid beacon.rssi beacon.channel);
    let request kind receiver bssid body =
      Cstruct.append (header kind ~receiver ~sender:own ~bssid) (Cstruct.of_string body)
    in
    let* () = send radio "probe" (request 0x40 everybody everybody elements) in
    let* answer = await radio 0x50 in
    Logs.info (fun m -> m "answered with %d bytes" (Cstruct.length answer.frame));
    Radio.set_filter radio (Station { bssid });
    let* () = send radio "authentication" (request 0xB0 bssid bssid "\000\000\001\000\000\000") in
    let* answer = await radio 0xB0 in
    Logs.info (fun m -> m "status %d" (status answer 4));
    let* () = send radio "association" (request 0x00 bssid bssid ("\001\000\001\000" ^ elements)) in
    let* answer = await radio 0x10 in
    Logs.info (fun m -> m "status %d, id %d" (status answer 2) (status answer 4 land 0x3FFF));
    let nobody = Macaddr.of_string_exn "02:00:00:00:00:42" in
    let* () = send radio "to nobody" (request 0x08 nobody nobody (String.make 100 'x')) in
    let* () = send radio "to everybody" (request 0x08 everybody everybody "x") in
    let { Radio.missed; damaged; retries; failed } = Radio.counters radio in
    Logs.info (fun m -> m "missed %d, damaged %d, retries %d, failed %d" missed damaged retries failed);
    Radio.set_channel radio 7;
    Lwt.catch
      (fun () -> Lwt.map (fun _ -> ()) (await radio 0x80))
      (function Failure what -> Logs.info (fun m -> m "on channel 7 %s" what); Lwt.return_unit | e -> Lwt.fail e)
end
