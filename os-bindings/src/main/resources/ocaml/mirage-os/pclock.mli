(* SPDX-License-Identifier: Apache-2.0 *)

(** Time of day. Matches [Mirage_clock.PCLOCK]. *)

val now_d_ps : unit -> int * int64
(** Days since 1970-01-01 UTC, and picoseconds of this day. *)

val current_tz_offset_s : unit -> int option
(** [Some 0]: a board lives in UTC. *)

val period_d_ps : unit -> (int * int64) option
(** Not known. *)

(** {1 Setting it}

    A board without a battery begins at 1970-01-01; who knows the time may say so. *)

val now_ns : unit -> int64
(** Nanoseconds since 1970-01-01 UTC. *)

val set_ns : int64 -> unit
(** It is so late now. The unikernel's clock alone is set, no other of the machine. *)
