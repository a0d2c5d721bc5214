(* SPDX-License-Identifier: Apache-2.0 *)

module Ecb = Mirage_crypto.Cipher_block.AES.ECB

let check_value = "\xA6\xA6\xA6\xA6\xA6\xA6\xA6\xA6"
let semiblock = 8

(* The step's number is xored into the end of a semiblock; it is less than 2^16 for any text here. *)
let xor_number text number =
  let bytes = Bytes.of_string text in
  Bytes.set_uint16_be bytes 6 (Bytes.get_uint16_be bytes 6 lxor number);
  Bytes.to_string bytes

let cipher apply key a b =
  let text = Cstruct.to_string (apply ~key (Cstruct.of_string (a ^ b))) in
  (String.sub text 0 semiblock, String.sub text semiblock semiblock)

let parts text = Array.init (String.length text / semiblock) (fun i -> String.sub text (i * semiblock) semiblock)
let joined first rest = String.concat "" (first :: Array.to_list rest)

(* RFC 3394, 2.2.1, the version with an index. *)
let wrap ~kek text =
  if String.length text < 16 || String.length text mod semiblock <> 0 then
    invalid_arg "Aes_key_wrap.wrap: not a multiple of 8 bytes, 16 at least";
  let key = Ecb.of_secret (Cstruct.of_string kek) in
  let r = parts text in
  let n = Array.length r in
  let a = ref check_value in
  for j = 0 to 5 do
    for i = 1 to n do
      let first, second = cipher Ecb.encrypt key !a r.(i - 1) in
      a := xor_number first ((n * j) + i);
      r.(i - 1) <- second
    done
  done;
  joined !a r

let unwrap ~kek text =
  if String.length text < 24 || String.length text mod semiblock <> 0 then None
  else
    let key = Ecb.of_secret (Cstruct.of_string kek) in
    let all = parts text in
    let r = Array.sub all 1 (Array.length all - 1) in
    let n = Array.length r in
    let a = ref all.(0) in
    for j = 5 downto 0 do
      for i = n downto 1 do
        let first, second = cipher Ecb.decrypt key (xor_number !a ((n * j) + i)) r.(i - 1) in
        a := first;
        r.(i - 1) <- second
      done
    done;
    if String.equal !a check_value then Some (joined "" r) else None
