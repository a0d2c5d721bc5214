(* SPDX-License-Identifier: Apache-2.0 *)

type g = unit

exception Unseeded_generator
exception No_default_generator

module type Generator = sig
  type g

  val block : int
  val create : ?time:(unit -> int64) -> unit -> g
  val generate : g:g -> int -> Cstruct.t
  val reseed : g:g -> Cstruct.t -> unit
  val seeded : g:g -> bool
end

(* The hardware register gives one 32-bit word at a time. *)
let word = 4

module Fortuna = struct
  type g = unit

  let block = word
  let create ?time:_ () = ()
  let generate ~g n = Mirage_random_hardware.generate ~g n
  let reseed ~g:() _ = ()
  let seeded ~g:() = true
end

type 'a generator = (module Generator with type g = 'a)

module Entropy = struct
  type source = Hardware

  let sources () = [ Hardware ]
  let pp_source ppf Hardware = Format.pp_print_string ppf "hardware"
end

let create ?g:_ ?seed:_ ?strict:_ ?time:_ _ = ()
let default_generator () = ()
let set_default_generator () = ()
let generate ?g n = Mirage_random_hardware.generate ?g n
let block _ = word
let reseed ?g:_ _ = ()
let seeded _ = true
let strict _ = true
