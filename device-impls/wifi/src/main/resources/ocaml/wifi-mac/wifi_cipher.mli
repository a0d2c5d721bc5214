(* SPDX-License-Identifier: Apache-2.0 *)

(** Keys in use: packet numbers, and who encrypts. *)

type mode =
  | Hardware  (** the radio, by its key slots *)
  | Software  (** {!Ccmp}; no key ever reaches the radio *)

type t

val create : ?received:Ccmp.number -> id:int -> slot:int -> string -> t
(** A key of 16 bytes that has sent nothing yet. [received] is the last packet number that is known to be used up. *)

val set : mode -> t -> address:Macaddr.t -> group:bool -> 'event Wifi_action.t list
(** What gives it to the radio: nothing, in software. [address] is that of the sender of what it decrypts. *)

val sent : t -> Ccmp.number
(** The packet number of the last frame sent. *)

val seal : mode -> t -> Cstruct.t -> 'event Wifi_action.t
(** The sending of a frame that has room for a CCMP header, and its Protected flag set. *)

val unseal : t -> Dot11_header.t -> Wifi_action.received -> Cstruct.t option
(** The frame in clear, with its CCMP header. [None]: it cannot be decrypted, or its number is not after the last one's
    (IEEE 802.11-2020, 12.5.3.4.4). *)
