(* SPDX-License-Identifier: Apache-2.0 *)

(** The MAC header of IEEE 802.11 frames (IEEE 802.11-2020, 9.2.4 and 9.3). *)

type kind = Management | Data

type t = {
  kind : kind;
  subtype : int;  (** 0 to 15: 9.2.4.1.3, table 9-1 *)
  to_ds : bool;
  from_ds : bool;
  more_fragments : bool;
  retry : bool;
  power_management : bool;
  secured : bool;  (** the bit Protected Frame *)
  address1 : Macaddr.t;  (** the receiver *)
  address2 : Macaddr.t;  (** the transmitter *)
  address3 : Macaddr.t;
  sequence : int;  (** 12 bits *)
  fragment : int;  (** 4 bits *)
  length : int;  (** of the whole header: QoS control, HT control and a fourth address counted *)
}

val parse : Cstruct.t -> t option
(** Of a frame without its FCS. [None]: too short, another protocol version, a control frame (they end in the
    radio) or one of the extensions. *)

val size : int
(** 24: of the headers that are written here, without QoS. *)

val write :
  Cstruct.t ->
  kind ->
  subtype:int ->
  ?to_ds:bool ->
  ?from_ds:bool ->
  ?power_management:bool ->
  address1:Macaddr.t ->
  address2:Macaddr.t ->
  address3:Macaddr.t ->
  unit ->
  unit
(** Writes a header of {!size} bytes, duration and sequence number 0. *)

val set_sequence : Cstruct.t -> int -> unit
(** Gives the frame its number, modulo 4096, and makes it fragment 0. *)

val set_retry : Cstruct.t -> unit
val set_secured : Cstruct.t -> unit

val is_group : Macaddr.t -> bool
(** Broadcast or multicast. *)

val address : Cstruct.t -> int -> Macaddr.t
(** The six bytes at that position, which must exist. *)
