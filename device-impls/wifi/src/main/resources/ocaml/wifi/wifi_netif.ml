(* SPDX-License-Identifier: Apache-2.0 *)

module Log = (val Logs.src_log (Logs.Src.create "wifi-netif" ~doc:"network device on WiFi") : Logs.LOG)
include (Wifi : Mirage_net.S with type t = Wifi.t)

type mode = [ `Station | `Ap | `None ]

let patience = 15_000_000_000L

let complain = function
  | Ok () -> ()
  | Error why -> Log.err (fun m -> m "%s (boot arguments --ssid and --passphrase)" why)

(* Failures to join are in the log already, and are tried again; what can never be joined is not. *)
let connect mode ~ssid ~passphrase =
  let open Lwt.Syntax in
  let* t = Wifi.connect () in
  match (mode, Wifi_network.check ~ssid ~passphrase) with
  | `None, _ -> Lwt.return t
  | (`Station | `Ap), Error why ->
      complain (Error why);
      Lwt.return t
  | `Ap, Ok () ->
      let* result = Wifi.serve t ~ssid ~passphrase () in
      complain result;
      Lwt.return t
  | `Station, Ok () ->
      let joined = Lwt.map ignore (Wifi.join t ~ssid ~passphrase ()) in
      let* () = Lwt.pick [ Lwt.protected joined; OS.Time.sleep_ns patience ] in
      Lwt.return t
