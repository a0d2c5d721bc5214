(* SPDX-License-Identifier: Apache-2.0 *)

(** The access point's side of WPA2's handshakes with one station (IEEE 802.11-2020, 12.7.6 and 12.7.7): a state machine
    without input or output. Frames are EAPOL frames, what stands behind the Ethernet header. *)

type t

val create :
  pmk:string ->
  own:Macaddr.t ->
  peer:Macaddr.t ->
  random:(int -> string) ->
  announced:string ->
  sent:string ->
  t
(** For one association. [announced] and [sent] are the bodies of the RSN elements of the beacon and of the station's
    association request. *)

type outcome =
  | Nothing of string  (** the frame is of no use, and why *)
  | Send of Cstruct.t
  | Established of string  (** the pairwise key, 16 bytes, to be used from now on *)
  | Group_key_taken

type group = { current : Wpa_key_data.group; last : Ccmp.number  (** of the last frame sent with it *) }

val receive : t -> group -> Cstruct.t -> outcome

val tick : t -> group -> Cstruct.t option
(** What has to be sent because nothing else happens: the first message, and one that has not been answered. To be called
    each second or so. *)

val rekey : t -> unit
(** The group key has changed: {!tick} will tell the station. *)

val is_given_up : t -> bool
(** Four messages were not answered. *)

val is_established : t -> bool

val has_wrong_key : t -> bool
(** The station has answered, with a key from another passphrase. *)
