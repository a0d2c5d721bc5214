(* SPDX-License-Identifier: Apache-2.0 *)

(** Robust security network: what protection a network asks for (IEEE 802.11-2020, 9.4.2.24). *)

type cipher = Ccmp | Tkip | Other_cipher of int32  (** the suite: OUI and type *)

type management = Psk | Sae | Enterprise | Other_management of int32

type t = {
  group : cipher;
  pairwise : cipher list;
  managements : management list;
  frames_protected : bool;  (** management frames {e must} be protected: bit MFPR *)
}

val parse : Cstruct.t -> (t, string) result
(** Of an element's body. What the element leaves out is what the standard says then: CCMP and IEEE 802.1X. The error
    says what is wrong with it, for people. *)

val unusable : t -> string option
(** Why a station that can do WPA2-PSK with CCMP alone cannot join such a network, for people; [None] when it can. *)

val wpa2 : string
(** The body of the element of WPA2-PSK with CCMP, which a station sends and an access point announces. *)
