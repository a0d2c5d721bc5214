(* SPDX-License-Identifier: Apache-2.0 *)

(** Management frames (IEEE 802.11-2020, 9.3.3): those that are understood here, read and written whole. *)

(** What a beacon or a probe response says (9.3.3.2, 9.3.3.10). *)
type announcement = {
  ssid : string;  (** empty if the network is hidden *)
  channel : int option;
  privacy : bool;  (** frames are encrypted, somehow *)
  rsn : string option;  (** the body of the RSN element *)
  wpa : bool;  (** has the element of WPA, version 1 *)
}

type t =
  | Beacon of announcement
  | Probe_response of announcement
  | Probe_request of string option  (** the SSID, if one is named *)
  | Authentication of { algorithm : int; transaction : int; status : int }  (** 9.3.3.11; algorithm 0 is open system *)
  | Association_request of { ssid : string option; rsn : string option }  (** 9.3.3.5, and reassociation *)
  | Association_response of { status : int; aid : int }  (** 9.3.3.6; [aid] 1 to 2007 if it was a success *)
  | Disassociation of int  (** the reason *)
  | Deauthentication of int

val parse : Dot11_header.t -> Cstruct.t -> t option
(** [parse header frame]. [None]: not a management frame, one that is of no interest here, or one that ends too early. *)

(** {1 Writing}

    New frames, without FCS, with sequence number 0. *)

val beacon : bssid:Macaddr.t -> timestamp_us:int64 -> channel:int -> ssid:string -> rsn:string option -> Cstruct.t
(** With the interval {!beacon_interval_tu}. [rsn] is an element's body, and makes the network a private one. *)

val probe_response :
  bssid:Macaddr.t ->
  station:Macaddr.t ->
  timestamp_us:int64 ->
  channel:int ->
  ssid:string ->
  rsn:string option ->
  Cstruct.t

val probe_request : source:Macaddr.t -> ?bssid:Macaddr.t -> ssid:string -> unit -> Cstruct.t
(** To everybody, or to one access point. An empty SSID asks for all networks. *)

val authentication :
  source:Macaddr.t -> destination:Macaddr.t -> bssid:Macaddr.t -> transaction:int -> status:int -> Cstruct.t
(** Open system. *)

val association_request : source:Macaddr.t -> bssid:Macaddr.t -> ssid:string -> rsn:string option -> Cstruct.t
val association_response : station:Macaddr.t -> bssid:Macaddr.t -> status:int -> aid:int -> privacy:bool -> Cstruct.t
val deauthentication : source:Macaddr.t -> destination:Macaddr.t -> bssid:Macaddr.t -> reason:int -> Cstruct.t

val beacon_interval_tu : int
(** 100 time units of 1024 us. *)
