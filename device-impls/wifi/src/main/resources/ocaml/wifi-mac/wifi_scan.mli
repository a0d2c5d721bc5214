(* SPDX-License-Identifier: Apache-2.0 *)

(** One look at all channels (IEEE 802.11-2020, 11.1.4): a state machine without input or output. On channels 1 to 11 it
    asks, twice, 30 ms each; on 12 and 13, where not every country lets one send, it listens for 120 ms. *)

type t

val start : mac:Macaddr.t -> ?first:int -> ?ssid:string -> unit -> t * 'event Wifi_action.t list
(** [first]: the channel to begin with. [ssid]: asks for this network, which finds it even if it is hidden. Without one
    all that answer are found. *)

val hear : t -> Dot11_management.announcement -> bssid:Macaddr.t -> channel:int -> rssi:int -> unit
(** A beacon or a probe response. 40 networks are kept, the first ones. *)

val wake : t -> 'event Wifi_action.t list option
(** Goes on; [None] when all channels have been seen. *)

val found : t -> Wifi_network.seen list
(** The strongest first. *)
