(* SPDX-License-Identifier: Apache-2.0 *)

(** The interface of [mirage-crypto-rng] that unikernels use, over the machine's hardware generator.

    There is nothing to seed and no software generator: every byte comes from the hardware, whichever
    generator is asked. *)

type g
(** A generator. *)

exception Unseeded_generator
(** Never raised here. *)

exception No_default_generator
(** Never raised here: the hardware is the default generator from the start. *)

module type Generator = sig
  type g

  val block : int
  (** Bytes made in one step. *)

  val create : ?time:(unit -> int64) -> unit -> g
  val generate : g:g -> int -> Cstruct.t
  val reseed : g:g -> Cstruct.t -> unit
  val seeded : g:g -> bool
end

(** Upstream's name for the usual generator. *)
module Fortuna : Generator

type 'a generator = (module Generator with type g = 'a)

module Entropy : sig
  type source
  (** Where random bits come from. *)

  val sources : unit -> source list
  (** The hardware generator. *)

  val pp_source : Format.formatter -> source -> unit
end

val create :
  ?g:'a -> ?seed:Cstruct.t -> ?strict:bool -> ?time:(unit -> int64) -> 'a generator -> g

val default_generator : unit -> g
val set_default_generator : g -> unit

val generate : ?g:g -> int -> Cstruct.t
(** @raise Invalid_argument on a negative number of bytes. *)

val block : g option -> int
val reseed : ?g:g -> Cstruct.t -> unit
val seeded : g option -> bool
val strict : g option -> bool
