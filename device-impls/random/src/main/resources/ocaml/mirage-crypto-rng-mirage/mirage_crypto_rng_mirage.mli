(* SPDX-License-Identifier: Apache-2.0 *)

(** {!Mirage_crypto_rng} in the form of a device. *)

module Make (_ : Mirage_time.S) (_ : Mirage_clock.MCLOCK) : sig
  include module type of struct
    include Mirage_crypto_rng
  end

  val initialize :
    ?g:'a -> ?sleep:int64 -> (module Mirage_crypto_rng.Generator with type g = 'a) -> unit Lwt.t
  (** The hardware needs no preparation. *)
end
