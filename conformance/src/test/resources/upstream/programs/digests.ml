(* SPDX-License-Identifier: Apache-2.0 *)
(* All hashes of digestif, of texts around the lengths of their blocks. *)

type any = Any : string * 'k Digestif.hash -> any

let hashes =
  Digestif.
    [
      Any ("MD5", MD5); Any ("SHA1", SHA1); Any ("RMD160", RMD160); Any ("SHA224", SHA224); Any ("SHA256", SHA256);
      Any ("SHA384", SHA384); Any ("SHA512", SHA512); Any ("SHA3_224", SHA3_224); Any ("SHA3_256", SHA3_256);
      Any ("KECCAK_256", KECCAK_256); Any ("SHA3_384", SHA3_384); Any ("SHA3_512", SHA3_512);
      Any ("WHIRLPOOL", WHIRLPOOL); Any ("BLAKE2B", BLAKE2B); Any ("BLAKE2S", BLAKE2S);
    ]

let text n = String.init n (fun i -> Char.chr (i * 7 land 255))

let () =
  let say (Any (name, hash)) =
    let digest n = Digestif.to_hex hash (Digestif.digest_string hash (text n)) in
    List.iter (fun n -> Printf.printf "%s %d %s\n" name n (digest n)) [ 0; 1; 55; 56; 63; 64; 65; 111; 112; 127; 128; 129; 143; 144; 1000 ];
    List.iter
      (fun n -> Printf.printf "%s %d %s\n" name n (Digestif.to_hex hash (Digestif.hmaci_string hash ~key:(text n) (fun f -> f (text 200)))))
      [ 1; 64; 200 ];
    let bigstring = Bigarray.Array1.of_array Bigarray.char Bigarray.c_layout (Array.init 300 (fun i -> (text 300).[i])) in
    Printf.printf "%b\n" (Digestif.to_hex hash (Digestif.digest_bigstring hash bigstring) = digest 300)
  in
  List.iter say hashes
