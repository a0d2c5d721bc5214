(* SPDX-License-Identifier: Apache-2.0 *)

open Lwt.Infix

let log = Logs.Src.create "sntp" ~doc:"network time"

module Log = (val Logs.src_log log : Logs.LOG)

let timeout = 2_000_000_000L
let interval = 1_024_000_000_000L
let shortest = 16_000_000_000L

module Make (Time : Mirage_time.S) (Random : Mirage_random.S) (Udp : Tcpip.Udp.S) = struct
  let random_word () = Cstruct.BE.get_uint16 (Random.generate 2) 0

  (* Guessing an answer takes the cookie and the port. *)
  let converse udp server ~src_port =
    let cookie = Cstruct.BE.get_uint64 (Random.generate 8) 0 in
    let answered, wake = Lwt.wait () in
    let asked = Mclock.elapsed_ns () in
    let callback ~src:_ ~dst:_ ~src_port:from payload =
      (match Sntp_message.answer ~cookie payload with
      | Some (got, sent) when from = Sntp_message.port && Lwt.is_sleeping answered ->
          let away = Int64.sub (Mclock.elapsed_ns ()) asked in
          let under_way = Int64.max 0L (Int64.sub away (Int64.sub sent got)) in
          Lwt.wakeup_later wake (Ok (Int64.add sent (Int64.div under_way 2L)))
      | _ -> ());
      Lwt.return_unit
    in
    Udp.listen udp ~port:src_port callback;
    Udp.write udp ~src_port ~dst:server ~dst_port:Sntp_message.port (Sntp_message.question ~cookie)
    >>= function
    | Error e -> Lwt.return (Error (`Msg (Format.asprintf "%a" Udp.pp_error e)))
    | Ok () ->
        Lwt.pick
          [ Lwt.protected answered; (Time.sleep_ns timeout >|= fun () -> Error (`Msg "no answer")) ]

  let ask udp server =
    let src_port = 49152 + (random_word () land 0x3fff) in
    Lwt.finalize
      (fun () -> converse udp server ~src_port)
      (fun () ->
        Udp.unlisten udp ~port:src_port;
        Lwt.return_unit)

  let set now =
    let by = Int64.sub now (Pclock.now_ns ()) in
    Pclock.set_ns now;
    Log.info (fun m -> m "the clock is set, by %Ld ms" (Int64.div by 1_000_000L))

  let rec set_by_first udp = function
    | [] -> Lwt.return false
    | server :: others -> (
        ask udp server >>= function
        | Ok now ->
            set now;
            Lwt.return true
        | Error (`Msg why) ->
            Log.warn (fun m -> m "a time server: %s" why);
            set_by_first udp others)

  let keep udp servers =
    let rec go pause =
      set_by_first udp servers >>= fun is_set ->
      let wait = if is_set then interval else pause in
      Time.sleep_ns wait >>= fun () ->
      go (if is_set then shortest else Int64.min interval (Int64.mul 2L pause))
    in
    go shortest
end
