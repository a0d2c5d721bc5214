(* SPDX-License-Identifier: Apache-2.0 *)

module Net = struct
  type error = [ `Invalid_length | `Disconnected ]

  let pp_error ppf (error : error) =
    Format.pp_print_string ppf
      (match error with
      | `Invalid_length -> "invalid length"
      | `Disconnected -> "device is disconnected")
end

type stats = {
  mutable rx_bytes : int64;
  mutable rx_pkts : int32;
  mutable tx_bytes : int64;
  mutable tx_pkts : int32;
}

module type S = sig
  type error = private [> Net.error ]

  val pp_error : Format.formatter -> error -> unit

  type t

  val disconnect : t -> unit Lwt.t
  val write : t -> size:int -> (Cstruct.t -> int) -> (unit, error) result Lwt.t

  val listen :
    t -> header_size:int -> (Cstruct.t -> unit Lwt.t) -> (unit, error) result Lwt.t

  val mac : t -> Macaddr.t
  val mtu : t -> int
  val get_stats_counters : t -> stats
  val reset_stats_counters : t -> unit
end

module Stats = struct
  let create () = { rx_bytes = 0L; rx_pkts = 0l; tx_bytes = 0L; tx_pkts = 0l }

  let rx t bytes =
    t.rx_bytes <- Int64.add t.rx_bytes bytes;
    t.rx_pkts <- Int32.succ t.rx_pkts

  let tx t bytes =
    t.tx_bytes <- Int64.add t.tx_bytes bytes;
    t.tx_pkts <- Int32.succ t.tx_pkts

  let reset t =
    t.rx_bytes <- 0L;
    t.rx_pkts <- 0l;
    t.tx_bytes <- 0L;
    t.tx_pkts <- 0l
end
