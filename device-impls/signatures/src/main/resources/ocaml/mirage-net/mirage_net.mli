(* SPDX-License-Identifier: Apache-2.0 *)

(** Network interfaces that carry Ethernet frames. *)

module Net : sig
  type error = [ `Invalid_length | `Disconnected ]

  val pp_error : Format.formatter -> error -> unit
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
  (** [write t ~size fill] gives [fill] a zeroed buffer of [size] bytes and sends as many of them as it
      answers. The Ethernet header is part of the frame: [size] is [mtu t + 14] at most. *)

  val listen :
    t -> header_size:int -> (Cstruct.t -> unit Lwt.t) -> (unit, error) result Lwt.t
  (** Calls the function with each frame that arrives; resolved when the interface is disconnected. *)

  val mac : t -> Macaddr.t

  val mtu : t -> int
  (** The largest payload, the Ethernet header not counted. *)

  val get_stats_counters : t -> stats
  val reset_stats_counters : t -> unit
end

module Stats : sig
  val create : unit -> stats

  val rx : stats -> int64 -> unit
  (** [rx stats n] counts a received frame of [n] bytes. *)

  val tx : stats -> int64 -> unit
  val reset : stats -> unit
end
