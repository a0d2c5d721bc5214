(* SPDX-License-Identifier: Apache-2.0 *)
(* RSA, DSA and Diffie-Hellman with keys that are made here, of lengths that a test has time for. *)

open Mirage_crypto
open Mirage_crypto_pk

let hex data = String.concat "" (List.map (fun c -> Printf.sprintf "%02x" (Char.code c)) (List.of_seq (String.to_seq (Cstruct.to_string data))))

let () =
  Mirage_crypto_rng.set_default_generator
    (Mirage_crypto_rng.create ~seed:(Cstruct.of_string "chip and host alike") (module Mirage_crypto_rng.Fortuna));
  let text = Cstruct.of_string "to be signed" and other = Cstruct.of_string "something else" in
  let key = Rsa.generate ~bits:512 () in
  let public = Rsa.pub_of_priv key in
  print_endline (Z.to_string public.n);
  let signature = Rsa.PKCS1.sign ~hash:`SHA256 ~key (`Message text) in
  let verify message = Rsa.PKCS1.verify ~hashp:(fun _ -> true) ~key:public ~signature (`Message message) in
  Printf.printf "%s %b %b\n" (hex signature) (verify text) (verify other);
  let module Pss = Rsa.PSS (Hash.SHA1) in
  let signature = Pss.sign ~key (`Message text) in
  Printf.printf "%s %b\n" (hex signature) (Pss.verify ~key:public ~signature (`Message text));
  let sealed = Rsa.PKCS1.encrypt ~key:public text in
  Printf.printf "%s %b\n" (hex sealed) (Rsa.PKCS1.decrypt ~key sealed = Some text);
  let key = Dsa.generate `Fips1024 in
  let r, s = Dsa.sign ~key (Hash.SHA1.digest text) in
  let verify message = Dsa.verify ~key:(Dsa.pub_of_priv key) (r, s) (Hash.SHA1.digest message) in
  Printf.printf "%s %s %b %b\n" (hex r) (hex s) (verify text) (verify other);
  let mine, shown = Dh.gen_key Dh.Group.oakley_2 and theirs, shown' = Dh.gen_key Dh.Group.oakley_2 in
  match (Dh.shared mine shown', Dh.shared theirs shown) with
  | Some a, Some b -> Printf.printf "%s %b\n" (hex (Hash.SHA256.digest a)) (Cstruct.equal a b)
  | _ -> print_endline "no secret"
