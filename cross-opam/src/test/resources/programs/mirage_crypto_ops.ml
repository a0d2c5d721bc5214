(* SPDX-License-Identifier: Apache-2.0 *)

(* Hashes and ciphers of the library mirage-crypto over random data, every result printed. *)

open Mirage_crypto

let random n = Cstruct.of_string (String.init n (fun _ -> Char.chr (Random.int 256)))
let show name cs = Printf.printf "%s %s\n" name (Digest.to_hex (Digest.string (Cstruct.to_string cs)))

let hashes () =
  let data = random (Random.int 300) in
  let at = Random.int (Cstruct.length data + 1) in
  let first, rest = Cstruct.split data at in
  List.iter
    (fun hash ->
      let module H = (val Hash.module_of hash) in
      show "hash" (H.get (H.feed (H.feed H.empty first) rest));
      show "hmac" (H.hmac ~key:(random (Random.int 150)) data))
    Hash.hashes

let aes () =
  let secret = random [| 16; 24; 32 |].(Random.int 3) in
  let blocks = random (16 * Random.int 6) and data = random (Random.int 100) in
  let open Cipher_block.AES in
  let key = ECB.of_secret secret in
  show "aes ecb" (ECB.encrypt ~key blocks);
  show "aes ecb back" (ECB.decrypt ~key blocks);
  let key = CBC.of_secret secret and iv = random 16 in
  show "aes cbc" (CBC.encrypt ~key ~iv blocks);
  show "aes cbc back" (CBC.decrypt ~key ~iv blocks);
  let ctr = (Int64.of_int (Random.bits ()), Int64.sub (-2L) (Int64.of_int (Random.int 4))) in
  show "aes ctr" (CTR.encrypt ~key:(CTR.of_secret secret) ~ctr data);
  let adata = random (Random.int 40) in
  let key = GCM.of_secret secret and nonce = random (1 + Random.int 20) in
  let sealed = GCM.authenticate_encrypt ~key ~nonce ~adata data in
  show "aes gcm" sealed;
  (match GCM.authenticate_decrypt ~key ~nonce ~adata sealed with
  | Some opened -> show "aes gcm back" opened
  | None -> print_endline "aes gcm refused");
  let key = CCM.of_secret ~maclen:16 secret and nonce = random (7 + Random.int 7) in
  show "aes ccm" (CCM.authenticate_encrypt ~key ~nonce ~adata data)

let des () =
  let open Cipher_block.DES in
  let secret = random 24 and blocks = random (8 * Random.int 6) in
  let key = ECB.of_secret secret in
  show "des ecb" (ECB.encrypt ~key blocks);
  show "des ecb back" (ECB.decrypt ~key blocks);
  show "des ctr"
    (CTR.encrypt ~key:(CTR.of_secret secret) ~ctr:(-2L) (random (Random.int 50)))

let chacha () =
  let key = random 32 and nonce = random 12 and adata = random (Random.int 40) in
  let key' = Chacha20.of_secret key and data = random (Random.int 200) in
  show "chacha20" (Chacha20.crypt ~key:key' ~nonce data);
  show "chacha20 poly1305" (Chacha20.authenticate_encrypt ~key:key' ~nonce ~adata data);
  show "poly1305" (Poly1305.mac ~key data);
  (* Sums next to the modulus. *)
  let key = Cstruct.create 32 in
  Cstruct.set_uint8 key 0 (1 + Random.int 2);
  let high = Cstruct.create (16 * (1 + Random.int 3)) in
  Cstruct.memset high 0xff;
  Cstruct.set_uint8 high 0 (0xf8 + Random.int 8);
  show "poly1305 high" (Poly1305.mac ~key high)

let () =
  Random.init (match Sys.argv with [| _; seed |] -> int_of_string seed | _ -> 1);
  for _ = 1 to 60 do
    hashes ();
    aes ();
    des ();
    chacha ()
  done
