(* SPDX-License-Identifier: Apache-2.0 *)

module type S = sig
  val next : int -> int
end

external next : int -> int = "counter_next"
