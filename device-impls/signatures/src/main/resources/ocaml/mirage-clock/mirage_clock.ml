(* SPDX-License-Identifier: Apache-2.0 *)

module type PCLOCK = sig
  val now_d_ps : unit -> int * int64
  val current_tz_offset_s : unit -> int option
  val period_d_ps : unit -> (int * int64) option
end

module type MCLOCK = sig
  val elapsed_ns : unit -> int64
  val period_ns : unit -> int64 option
end
