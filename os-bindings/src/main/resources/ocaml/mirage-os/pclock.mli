(* SPDX-License-Identifier: Apache-2.0 *)

(** Time of day. Matches [Mirage_clock.PCLOCK]. *)

val now_d_ps : unit -> int * int64
(** Days since 1970-01-01 UTC, and picoseconds of this day. *)

val current_tz_offset_s : unit -> int option
(** [Some 0]: a board lives in UTC. *)

val period_d_ps : unit -> (int * int64) option
(** Not known. *)
