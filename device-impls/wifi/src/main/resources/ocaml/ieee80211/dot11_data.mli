(* SPDX-License-Identifier: Apache-2.0 *)

(** Data frames as Ethernet frames, and back: LLC and SNAP headers (IEEE 802.2; RFC 1042) in the place of the Ethernet
    header. Both directions work in place, without a copy. *)

val overhead : int
(** 40: bytes in front of the payload of a frame that is written here: header, CCMP header, LLC and SNAP. *)

val front : int
(** 26: bytes of room in front of an Ethernet frame that {!of_ethernet} needs. *)

val ccmp_header : int
(** 8 (12.5.3.2). *)

type direction = To_access_point of Macaddr.t | From_access_point of Macaddr.t  (** its BSSID *)

val of_ethernet : direction -> secured:bool -> Cstruct.t -> Cstruct.t option
(** [of_ethernet direction ~secured buffer]: the buffer is {!front} bytes of room and an Ethernet frame behind it, and
    all of it is overwritten but for the payload; the result is a part of the buffer. [secured] leaves room for a CCMP
    header, to be filled in, and sets the Protected flag. [None]: too short, or the frame of an older Ethernet
    with a length in the place of a type. *)

val destination : Cstruct.t -> Macaddr.t
(** Of an Ethernet frame of 14 bytes at least. *)

val to_ethernet : Dot11_header.t -> Cstruct.t -> Cstruct.t option
(** [to_ethernet header frame]: a part of the frame, its first bytes overwritten. The body must be plain, but a
    [secured] frame still has its CCMP header. [None]: not a data frame, one without data, a fragment, an aggregate
    (A-MSDU, which nobody sends who was not told of it), between two access points, or without a SNAP header. *)

val null : source:Macaddr.t -> bssid:Macaddr.t -> power_management:bool -> Cstruct.t
(** A frame without data, to tell the access point that the station sleeps, or no longer (9.3.2.1, 11.2.3.2). *)
