(* SPDX-License-Identifier: Apache-2.0 *)
(* What the programs with keys have in common. *)

let seed () =
  Mirage_crypto_rng.set_default_generator
    (Mirage_crypto_rng.create ~seed:(Cstruct.of_string "chip and host alike") (module Mirage_crypto_rng.Fortuna))

let hex data = String.concat "" (List.map (fun c -> Printf.sprintf "%02x" (Char.code c)) (List.of_seq (String.to_seq (Cstruct.to_string data))))
let digest data = String.sub (hex (Mirage_crypto.Hash.SHA256.digest data)) 0 16
let ok = function Ok x -> x | Error (`Msg m) -> failwith m
let key pem = ok (X509.Private_key.decode_pem (Cstruct.of_string pem))
let certificates pem = ok (X509.Certificate.decode_pem_multiple (Cstruct.of_string pem))
let now () = Ptime.of_date_time ((2027, 1, 1), ((0, 0, 0), 0))
let host = Domain_name.(host_exn (of_string_exn "chip.example"))
