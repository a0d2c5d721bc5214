(* SPDX-License-Identifier: Apache-2.0 *)

(** The retransmission time-out, estimated from round trips (RFC 6298). *)

type t

val create : unit -> t
(** One second, until there is a sample. *)

val sample : t -> int -> unit
(** A round trip of so many milliseconds, not of a retransmitted segment (Karn's algorithm). *)

val timeout : t -> int
(** Milliseconds, backed off: 200 to 60,000. The RFC's lower bound of a second is that of clocks with ticks of half
    a second; other stacks have 200 ms too. *)

val back_off : t -> unit
(** Doubles the time-out. *)

val reset_back_off : t -> unit
(** When new data was acknowledged. *)
