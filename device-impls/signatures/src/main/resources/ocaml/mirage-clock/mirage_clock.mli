(* SPDX-License-Identifier: Apache-2.0 *)

(** Clocks. *)

(** Time of day. Not monotonic: somebody may set it. *)
module type PCLOCK = sig
  val now_d_ps : unit -> int * int64
  (** Days since 1970-01-01 UTC, and picoseconds of this day (below 86,400,000,000,000,000). *)

  val current_tz_offset_s : unit -> int option
  (** Seconds to add to UTC for local time, if known. *)

  val period_d_ps : unit -> (int * int64) option
  (** The clock's resolution, if known. *)
end

(** Time since an arbitrary moment; never goes back. *)
module type MCLOCK = sig
  val elapsed_ns : unit -> int64
  (** Nanoseconds. *)

  val period_ns : unit -> int64 option
  (** The clock's resolution, if known. *)
end
