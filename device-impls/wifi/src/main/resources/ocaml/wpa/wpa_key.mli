(* SPDX-License-Identifier: Apache-2.0 *)

(** Keys of WPA2-Personal, from the passphrase to those of one association. All are strings of bytes. *)

val check_passphrase : string -> (unit, string) result
(** 8 to 63 printable ASCII characters, or 64 hexadecimal digits, which are the key itself (IEEE 802.11-2020, J.4.1). The
    error is a sentence for people, and does not contain the passphrase. *)

val psk : passphrase:string -> ssid:string -> string
(** The pre-shared key, 32 bytes: PBKDF2 with HMAC-SHA1, the SSID as salt, 4096 rounds (J.4.1; RFC 8018), or the
    digits of a passphrase of 64. Some 100 million instructions on the chip: keep it.
    @raise Invalid_argument for a passphrase that {!check_passphrase} refuses *)

val prf : key:string -> label:string -> string -> int -> string
(** [prf ~key ~label data n]: the pseudorandom function (12.7.1.2), [n] bytes of it. *)

(** Of one association: key confirmation, key encryption, and the temporal key; 16 bytes each. *)
type transient = { kck : string; kek : string; tk : string }

val transient :
  pmk:string -> authenticator:Macaddr.t -> supplicant:Macaddr.t -> anonce:string -> snonce:string -> transient
(** The pairwise transient key (12.7.1.3). *)

val mic : kck:string -> Cstruct.t -> string
(** Of an EAPOL-Key frame whose MIC is zeros: HMAC-SHA1-128 (12.7.3). *)

val signed : kck:string -> Eapol_key.t -> Cstruct.t
(** The frame, with its MIC. *)

val is_signed : kck:string -> Cstruct.t -> bool
(** Whether the MIC of a frame that {!Eapol_key.parse} understands is right. Takes as long whether it is or not. *)
