(* SPDX-License-Identifier: Apache-2.0 *)

(** Which of the bytes sent are taken for lost, which are still in the network, and what to send again: fast recovery
    after RFC 6675 with selective acknowledgements, after RFC 6582 (New Reno) without.

    [una] is the oldest number that is not acknowledged, [nxt] the next one to be sent. *)

module Sequence = Tcp_sequence

type t

val create : Sequence.t -> t

val pipe : t -> mss:int -> una:Sequence.t -> nxt:Sequence.t -> int
(** Bytes thought to be in the network. *)

val add_sack : t -> una:Sequence.t -> nxt:Sequence.t -> (Sequence.t * Sequence.t) list -> bool
(** What a segment said to have arrived; whether it is news. Blocks outside of what was sent are ignored. *)

type verdict = Nothing | Loss  (** fast recovery begins *)

val duplicate : t -> sack:bool -> mss:int -> una:Sequence.t -> nxt:Sequence.t -> verdict
(** A duplicate acknowledgement. *)

val acknowledged :
  t -> sack:bool -> mss:int -> was:Sequence.t -> una:Sequence.t -> nxt:Sequence.t -> unit
(** New bytes were: from [was] to [una]. *)

val in_fast_recovery : t -> bool

val timed_out : t -> una:Sequence.t -> nxt:Sequence.t -> unit
(** Everything sent is taken for lost, and what was selectively acknowledged is forgotten (RFC 2018, 8). *)

val hole : t -> una:Sequence.t -> (Sequence.t * int) option
(** What is to be sent again next: first number, and how many. *)

val is_urgent : t -> bool
(** The first retransmission of a recovery does not wait for room in the window. *)

val sent_again : t -> Sequence.t -> unit
(** Up to that number. *)
