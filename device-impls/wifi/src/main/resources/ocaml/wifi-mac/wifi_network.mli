(* SPDX-License-Identifier: Apache-2.0 *)

(** Networks: those that are wanted, and those that are heard. *)

(** What it takes to join a network that was heard. *)
type security =
  | Unprotected
  | Wpa2 of string  (** a passphrase; the body of the RSN element *)
  | Unusable of string  (** what it takes is not here; why, for people *)

type seen = {
  ssid : string;  (** empty if the network is hidden *)
  bssid : Macaddr.t;
  channel : int;
  rssi : int;  (** dBm *)
  security : security;
}

val seen : Dot11_management.announcement -> bssid:Macaddr.t -> channel:int -> rssi:int -> seen
(** [channel]: where it was heard; the network's own word counts more, since neighbours are heard too. *)

val pp_seen : Format.formatter -> seen -> unit

type wanted = {
  ssid : string;
  psk : string option;  (** 32 bytes, of {!Wpa_key.psk}; [None]: an open network *)
}

val check : ssid:string -> passphrase:string -> (unit, string) result
(** The error is a sentence for people: the SSID has not 1 to 32 bytes, or the passphrase is none. An empty passphrase
    is that of an open network. *)

val wanted : ssid:string -> passphrase:string -> (wanted, string) result
(** The same, and the key, which costs a second or more: that of the last call is remembered. *)

val fits : wanted -> seen -> (unit, string) result
(** Whether a network of the wanted SSID can be joined, and why not. *)
