(* SPDX-License-Identifier: Apache-2.0 *)

(** The default generator of [mirage-crypto-rng], seeded from the machine's own.

    On the chip the hardware generator is fed with noise while the radio is on. Without, its output could be guessed by
    somebody who knows the chip well, and keys made of it, too. *)

val initialize : ?weak:bool -> unit -> unit
(** Makes Fortuna the default generator, with a seed of 64 bytes, and says in the log where they come from. The second time it
    adds another seed.

    @param weak whether a seed without noise is allowed. Default: no.
    @raise Failure if it is not, and there is none. *)

val reseed : unit -> unit
(** Adds 64 bytes to what the default generator's output follows from. *)
