(* SPDX-License-Identifier: Apache-2.0 *)

(** What a station has while it is associated: the access point, the handshakes, the keys. *)

type t = {
  access_point : Wifi_network.seen;
  supplicant : Wpa_supplicant.t option;  (** of a protected network *)
  mutable pairwise : Wifi_cipher.t option;
  groups : Wifi_cipher.t option array;  (** by key identifier *)
  mutable rssi : int;  (** of the last frame *)
  mutable heard : bool;  (** since the last second *)
  mutable silence : int;  (** seconds *)
  mutable last : int;  (** the sequence number of the last data frame to us, -1 at first *)
}

(** What the station is. *)
type own = { mac : Macaddr.t; mode : Wifi_cipher.mode }

val create : Wifi_network.seen -> Wpa_supplicant.t option -> t

val is_secured : t -> bool
(** Data may flow: the network is open, or the keys are in use. *)

val is_from : t -> Dot11_header.t -> bool
(** Whether the access point has sent that frame. *)

val data : own -> t -> Dot11_header.t -> Wifi_action.received -> 'event Wifi_action.t list
(** Takes a data frame of the access point: hands it out, or leads the handshake on. *)

val send : own -> t -> Cstruct.t -> 'event Wifi_action.t list
(** Of a buffer as {!Dot11_data.of_ethernet} wants it. *)

val clear_keys : own -> t -> 'event Wifi_action.t list
(** Takes the keys from the radio. *)
