(* SPDX-License-Identifier: Apache-2.0 *)

(** The station's side of WPA2's handshakes (IEEE 802.11-2020, 12.7.6 and 12.7.7): a state machine without input or output.
    Frames are EAPOL frames, what stands behind the Ethernet header.

    A key is handed out once: a message that comes again is answered again, and installs nothing, since a key that is
    installed twice counts its packets twice from the beginning. *)

type t

val create :
  pmk:string ->
  own:Macaddr.t ->
  peer:Macaddr.t ->
  random:(int -> string) ->
  sent:string ->
  announced:string ->
  t
(** For one association. [sent] and [announced] are the bodies of the RSN elements of the association request and of the
    beacon. [random n] gives [n] bytes that nobody can guess. *)

type keys = {
  pairwise : string option;  (** 16 bytes: to be used from now on, its packet numbers from the beginning *)
  group : (Wpa_key_data.group * Ccmp.number) option;  (** with the packet number of the last frame that used it *)
}

type outcome =
  | Nothing of string  (** the frame is of no use, and why *)
  | Answer of Cstruct.t  (** to be sent *)
  | Answer_then_install of Cstruct.t * keys  (** to be sent, before the keys are used *)

val receive : t -> Cstruct.t -> outcome

val is_established : t -> bool
(** The pairwise key has been handed out. *)

val has_answered : t -> bool
(** The second message was sent: an access point that is silent after it does not have the same passphrase. *)
