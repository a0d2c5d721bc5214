(* SPDX-License-Identifier: Apache-2.0 *)

module type S = sig
  val sleep_ns : int64 -> unit Lwt.t
end
