(* SPDX-License-Identifier: Apache-2.0 *)

(** Time since start. Matches [Mirage_clock.MCLOCK]. *)

val elapsed_ns : unit -> int64
(** Nanoseconds since the machine started; never goes back. *)

val period_ns : unit -> int64 option
(** Not known. *)
