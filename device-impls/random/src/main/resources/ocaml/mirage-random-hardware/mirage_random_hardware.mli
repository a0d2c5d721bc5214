(* SPDX-License-Identifier: Apache-2.0 *)

(** The random number generator of the machine. Matches [Mirage_random.S]. *)

type g = unit
(** There is one generator, and it has no state that OCaml could see. *)

val generate : ?g:g -> int -> Cstruct.t
(** @raise Invalid_argument on a negative number of bytes. *)
