(* SPDX-License-Identifier: Apache-2.0 *)

(** A soft access point (IEEE 802.11-2020, 11.1.3, 11.3): beacons, answers to probes, open or WPA2, and frames from
    stations to the host, to each other, and back. A state machine without input or output. Whatever it receives, it
    neither raises nor loops.

    Stations that sleep are not waited for: frames are sent at once. *)

type t

val most_stations : int
(** 8; the ninth is told that there is no room. *)

val create :
  mac:Macaddr.t ->
  mode:Wifi_cipher.mode ->
  random:(int -> string) ->
  channel:int ->
  Wifi_network.wanted ->
  t
(** The network that it offers; [mac] is its BSSID. *)

type event =
  | Started
  | Station_joined of Macaddr.t  (** data may flow *)
  | Station_left of Macaddr.t * string  (** why, for people *)
  | Station_refused of Macaddr.t * string

type actions = event Wifi_action.t list

val start : t -> actions
val stop : t -> actions
val wake : t -> actions
val frame : t -> Wifi_action.received -> actions

val send : t -> Cstruct.t -> actions
(** An Ethernet frame behind {!Dot11_data.front} bytes of room. To a station that is not there it is dropped. *)

val rekey : t -> actions
(** Takes a new group key, and tells it to all stations. Done each hour, too. *)

val stations : t -> Macaddr.t list
(** Those that may talk. *)
