(* SPDX-License-Identifier: Apache-2.0 *)

(** Key data of EAPOL-Key frames: elements, and keys packed like elements (IEEE 802.11-2020, 12.7.2, tables 12-8 and
    12-9). *)

(** A group key: what protects frames of an access point to many. *)
type group = { id : int;  (** 1 to 3, or 0 *) key : string  (** 16 bytes *) }

val group : string -> group option
(** The group temporal key of CCMP's length, if the data has one. *)

val rsn : string -> string option
(** The body of the RSN element. *)

val build : rsn:string option -> group -> string
(** Padded for {!Aes_key_wrap.wrap}. *)
