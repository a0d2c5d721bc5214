(* SPDX-License-Identifier: Apache-2.0 *)

(** CCMP, the protection of data frames by AES in counter mode with CBC-MAC (IEEE 802.11-2020, 12.5.3), in software, and
    the header that software writes in front of what hardware encrypts. *)

(** A packet number: 48 bits, in two halves because an [int] of the chip has 31. *)
type number = { high : int; low : int }

val zero : number
val next : number -> number

val is_after : number -> number -> bool
(** [is_after a b]: [a] is the larger one. *)

val number_of_counter : string -> number
(** Of the receive sequence counter in an EAPOL-Key frame: six bytes at least, least significant first. *)

val counter_of_number : number -> string
(** The same the other way: 8 bytes. *)

(** {1 The header}

    8 bytes behind the MAC header. *)

val write_header : Cstruct.t -> at:int -> key_id:int -> number -> unit

val read_header : Cstruct.t -> at:int -> (number * int) option
(** The packet number and the key identifier; [None] when the frame ends too early or the header is WEP's. *)

(** {1 Encryption} *)

type key

val key : string -> key
(** Of 16 bytes. *)

val encrypt : key -> Dot11_header.t -> Cstruct.t -> Cstruct.t
(** [encrypt key header frame]: a copy, its body encrypted, 8 bytes of MIC behind it. The frame has its CCMP header. *)

val decrypt : key -> Dot11_header.t -> Cstruct.t -> Cstruct.t option
(** A copy, its body decrypted, the CCMP header still there, the MIC gone. [None]: the frame is too short or changed. *)
