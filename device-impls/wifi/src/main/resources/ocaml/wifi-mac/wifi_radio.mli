(* SPDX-License-Identifier: Apache-2.0 *)

(** What the state machines need of a radio. The chip's is [Radio] of the library [wifi-radio], which says all of this
    more exactly. *)

module type S = sig
  type t

  val mac : t -> Macaddr.t
  val set_channel : t -> int -> unit

  type filter =
    | Scan  (** all beacons, and frames to us *)
    | Station of { bssid : Macaddr.t }  (** this access point's frames to many, and frames to us *)
    | Access_point of { bssid : Macaddr.t }  (** frames to it, and probe requests *)

  val set_filter : t -> filter -> unit

  val send : t -> ?key:int -> Cstruct.t -> [ `Acknowledged | `Not_acknowledged ] Lwt.t
  (** One frame without FCS, again and again until it is acknowledged or given up; with a sequence number from the
      radio. [key]: a slot, whose key encrypts it; the CCMP header is there, the MIC is added. *)

  type received = {
    frame : Cstruct.t;  (** the receiver's own *)
    rssi : int;  (** dBm *)
    channel : int;
    decrypted : bool;  (** by a slot: the CCMP header is still there, the MIC is gone *)
  }

  val receive : t -> received Lwt.t
  (** The next frame. One call at a time. *)

  val set_key : t -> slot:int -> address:Macaddr.t -> key_id:int -> group:bool -> Cstruct.t -> unit
  val clear_key : t -> slot:int -> unit
end
