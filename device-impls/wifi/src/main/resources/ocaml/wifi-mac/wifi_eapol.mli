(* SPDX-License-Identifier: Apache-2.0 *)

(** EAPOL frames between Ethernet frames. *)

val body : Cstruct.t -> Cstruct.t option
(** What stands behind the header of an Ethernet frame, if that is one of EAPOL. *)

val frame :
  Wifi_cipher.mode ->
  Wifi_cipher.t option ->
  Dot11_data.direction ->
  source:Macaddr.t ->
  destination:Macaddr.t ->
  Cstruct.t ->
  'event Wifi_action.t list
(** The sending of a body, encrypted if there is a key. *)
