(* SPDX-License-Identifier: Apache-2.0 *)

module type S = sig
  type t

  val mac : t -> Macaddr.t
  val set_channel : t -> int -> unit

  type filter = Scan | Station of { bssid : Macaddr.t } | Access_point of { bssid : Macaddr.t }

  val set_filter : t -> filter -> unit
  val send : t -> ?key:int -> Cstruct.t -> [ `Acknowledged | `Not_acknowledged ] Lwt.t

  type received = { frame : Cstruct.t; rssi : int; channel : int; decrypted : bool }

  val receive : t -> received Lwt.t
  val set_key : t -> slot:int -> address:Macaddr.t -> key_id:int -> group:bool -> Cstruct.t -> unit
  val clear_key : t -> slot:int -> unit
end
