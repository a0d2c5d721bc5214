(* SPDX-License-Identifier: Apache-2.0 *)

(** Random data. *)

module type S = sig
  type g
  (** State of a generator. *)

  val generate : ?g:g -> int -> Cstruct.t
  (** [generate ~g n] is [n] random bytes, from the default generator if [g] is absent. *)
end
