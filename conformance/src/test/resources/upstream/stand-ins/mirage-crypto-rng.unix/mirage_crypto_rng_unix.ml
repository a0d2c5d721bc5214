(* SPDX-License-Identifier: Apache-2.0 *)
(* The same numbers on each machine. *)

let initialize () =
  Mirage_crypto_rng.set_default_generator
    (Mirage_crypto_rng.create ~seed:(Cstruct.of_string "chip and host alike") (module Mirage_crypto_rng.Fortuna))
