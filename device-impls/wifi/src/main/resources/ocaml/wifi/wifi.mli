(* SPDX-License-Identifier: Apache-2.0 *)

(** The chip's WiFi, for unikernels: look for networks, join and leave them, be an access point, follow what happens.

    {[
      let* wifi = Wifi.connect () in
      let* networks = Wifi.scan wifi () in
      List.iter (fun network -> Logs.app (fun m -> m "%a" Wifi.pp_network network)) networks
    ]}

    A unikernel whose network device is WiFi is joined to its network by [--ssid] and [--passphrase] before it starts;
    {!connect} gives it the same interface. *)

(** What it takes to join a network. *)
type security = Wifi_network.security =
  | Unprotected
  | Wpa2 of string  (** a passphrase *)
  | Unusable of string  (** what is not here; why, for people *)

type network = Wifi_network.seen = {
  ssid : string;  (** empty if the network is hidden *)
  bssid : Macaddr.t;
  channel : int;
  rssi : int;  (** dBm *)
  security : security;
}

val pp_network : Format.formatter -> network -> unit

type event = Wifi_interface.event =
  | Station of Wifi_station.event
  | Access_point of Wifi_access_point.event

val pp_event : Format.formatter -> event -> unit

include module type of Wifi_interface.Make (Radio) (OS.Time)

val connect : unit -> t Lwt.t
(** Switches the radio on; again it is the same one.
    @raise Failure with a message for people when there is none, or it does not start *)
