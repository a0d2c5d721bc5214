(* SPDX-License-Identifier: Apache-2.0 *)

module Make (_ : Mirage_time.S) (_ : Mirage_clock.MCLOCK) = struct
  include Mirage_crypto_rng

  let initialize (type a) ?g:_ ?sleep:_ (_ : (module Mirage_crypto_rng.Generator with type g = a)) =
    Lwt.return_unit
end
