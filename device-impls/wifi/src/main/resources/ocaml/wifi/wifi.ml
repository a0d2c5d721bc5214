(* SPDX-License-Identifier: Apache-2.0 *)

type security = Wifi_network.security = Unprotected | Wpa2 of string | Unusable of string

type network = Wifi_network.seen = {
  ssid : string;
  bssid : Macaddr.t;
  channel : int;
  rssi : int;
  security : security;
}

let pp_network = Wifi_network.pp_seen

type event = Wifi_interface.event =
  | Station of Wifi_station.event
  | Access_point of Wifi_access_point.event

let pp_event = Wifi_interface.pp_event

include Wifi_interface.Make (Radio) (OS.Time)

let random n = Cstruct.to_string (Mirage_random_hardware.generate n)
let interface = ref None

let connect () =
  match !interface with
  | Some t -> Lwt.return t
  | None ->
      Lwt.map
        (fun radio ->
          let t = create ~random radio in
          interface := Some t;
          t)
        (Radio.connect ())
