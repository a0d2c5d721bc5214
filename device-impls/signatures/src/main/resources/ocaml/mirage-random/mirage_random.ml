(* SPDX-License-Identifier: Apache-2.0 *)

module type S = sig
  type g

  val generate : ?g:g -> int -> Cstruct.t
end
