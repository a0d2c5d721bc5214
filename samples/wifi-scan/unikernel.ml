(* SPDX-License-Identifier: Apache-2.0 *)

(* The networks that are heard, three times; then the first open one is joined and left. *)

open Lwt.Syntax

module Scan (Time : Mirage_time.S) = struct
  let show wifi =
    let* networks = Wifi.scan wifi () in
    Logs.info (fun m -> m "%d networks" (List.length networks));
    List.iter (fun network -> Logs.info (fun m -> m "%a" Wifi.pp_network network)) networks;
    Lwt.return networks

  let rec often wifi n =
    let* networks = show wifi in
    if n = 1 then Lwt.return networks
    else
      let* () = Time.sleep_ns (Duration.of_sec 1) in
      often wifi (n - 1)

  let open_ssid (network : Wifi.network) =
    if network.Wifi.security = Wifi.Unprotected && network.Wifi.ssid <> "" then Some network.Wifi.ssid else None

  let visit wifi ssid =
    let* result = Wifi.join wifi ~ssid () in
    match result with
    | Error why ->
        Logs.warn (fun m -> m "%s: %s" ssid why);
        Lwt.return_unit
    | Ok () ->
        Option.iter (fun dbm -> Logs.info (fun m -> m "signal: %d dBm" dbm)) (Wifi.signal wifi);
        Wifi.leave wifi

  let start _ =
    let* wifi = Wifi.connect () in
    let* networks = often wifi 3 in
    match List.find_map open_ssid networks with Some ssid -> visit wifi ssid | None -> Lwt.return_unit
end
