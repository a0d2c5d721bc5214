(* SPDX-License-Identifier: Apache-2.0 *)

module Log = (val Logs.src_log (Logs.Src.create "wifi-netif" ~doc:"network device on WiFi") : Logs.LOG)
include (Wifi : Mirage_net.S with type t = Wifi.t)

let patience = 15_000_000_000L

let complain = function
  | Ok () -> ()
  | Error why -> Log.err (fun m -> m "%s (boot arguments --ssid and --passphrase)" why)

let connect ~ssid ~passphrase start =
  let open Lwt.Syntax in
  let* t = Wifi.connect () in
  let* () =
    match Wifi_network.check ~ssid ~passphrase with
    | Ok () -> start t
    | Error _ as wrong -> Lwt.return (complain wrong)
  in
  Lwt.return t

(* Failures to join are in the log already, and are tried again; what can never be joined is not. *)
let station ~ssid ~passphrase =
  connect ~ssid ~passphrase (fun t ->
      let joined = Lwt.map ignore (Wifi.join t ~ssid ~passphrase ()) in
      Lwt.pick [ Lwt.protected joined; OS.Time.sleep_ns patience ])

let access_point ~ssid ~passphrase =
  connect ~ssid ~passphrase (fun t -> Lwt.map complain (Wifi.serve t ~ssid ~passphrase ()))

let idle ~ssid:_ ~passphrase:_ = Wifi.connect ()
