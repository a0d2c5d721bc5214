(* SPDX-License-Identifier: Apache-2.0 *)

(** How much may be in the network: slow start and congestion avoidance (RFC 5681) with growth by bytes (RFC 3465).
    What is lost, and when that is known, is {!Tcp_recovery}'s. *)

type t

val create : mss:int -> t
(** The initial window of RFC 6928, as far as buffers of a small machine have a use for it: four segments. *)

val set_mss : t -> int -> unit
(** Of a connection whose other side has said its own. Sets the initial window. *)

val window : t -> int
(** Bytes. *)

val on_ack : t -> int -> unit
(** So many new bytes were acknowledged, outside of fast recovery. *)

val on_loss : t -> flight:int -> unit
(** Enters fast recovery: the window is halved. *)

val on_timeout : t -> flight:int -> first:bool -> unit
(** A retransmission time-out: one segment. [first]: of this segment; only then the threshold is set. *)

val on_idle : t -> unit
(** Nothing was sent for a time-out: the window is not larger than the initial one (RFC 5681, 4.1). *)

val in_slow_start : t -> bool
