(* SPDX-License-Identifier: Apache-2.0 *)

module Log = (val Logs.src_log (Logs.Src.create "random" ~doc:"random numbers for keys") : Logs.LOG)

let size = 64

let bytes () =
  let bytes = Bytes.create size in
  Mirage_board.random bytes 0 size;
  Cstruct.of_bytes bytes

let reseed () = Mirage_crypto_rng.reseed (bytes ())
let made = ref false

let seed () =
  if !made then reseed ()
  else begin
    Mirage_crypto_rng.set_default_generator
      (Mirage_crypto_rng.create ~seed:(bytes ()) (module Mirage_crypto_rng.Fortuna));
    made := true
  end

let initialize ?(weak = false) () =
  if Mirage_board.random_has_noise () then begin
    seed ();
    Log.info (fun m -> m "seeded with %d bytes of the machine's generator, which noise feeds" size)
  end
  else if weak then begin
    seed ();
    Log.warn (fun m ->
        m "seeded with %d bytes of the machine's generator, which no noise feeds: keys can be guessed" size)
  end
  else
    failwith
      "random: no noise feeds the machine's generator while the radio is off, so keys could be guessed; configure \
       the unikernel with --network=wifi, or start it with --weak-random to have keys all the same"
