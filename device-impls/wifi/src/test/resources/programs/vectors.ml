(* SPDX-License-Identifier: Apache-2.0 *)

(* Known answers: IEEE 802.11-2020, annex J; RFC 3394, section 4. Prints the name of each, and whether it is right. *)

let unhex text =
  let digits = String.concat "" (String.split_on_char ' ' text) in
  String.init (String.length digits / 2) (fun i -> Char.chr (int_of_string ("0x" ^ String.sub digits (2 * i) 2)))

let check name expected found = Printf.printf "%s: %s\n" name (if String.equal (unhex expected) found then "right" else "WRONG")

let psk passphrase ssid expected = check ("psk " ^ ssid) expected (Wpa_key.psk ~passphrase ~ssid)

let keys () =
  psk "password" "IEEE" "f42c6fc52df0ebef9ebb4b90b38a5f902e83fe1b135a70e23aed762e9710a12e";
  psk "ThisIsAPassword" "ThisIsASSID" "0dc0d6eb90555ed6419756b9a15ec3e3209b63df707dd508d14581f8982721af";
  psk (String.make 32 'a') (String.make 32 'Z') "becb93866bb8c3832cb777c2f559807c8c59afcb6eae734885001300a981cc62";
  let digits = "becb93866bb8c3832cb777c2f559807c8c59afcb6eae734885001300a981CC62" in
  psk digits "digits" digits;
  let prf key label data expected =
    check ("prf " ^ label) expected (Wpa_key.prf ~key ~label data (String.length (unhex expected)))
  in
  prf (String.make 20 '\x0b') "prefix" "Hi There"
    "bcd4c650b30b9684951829e0d75f9d54b862175ed9f00606e17d8da35402ffee75df78c3d31e0f889f012120c0862beb67753e7439ae242edb8373698356cf5a";
  prf "Jefe" "prefix" "what do ya want for nothing?" "51f4de5b33f249adf81aeb713a3c20f4fe631446fabdfa58244759ae58ef9009";
  prf (String.make 20 '\xaa') "prefix" (String.make 50 '\xdd') "e1ac546ec4cb636f9976487be5c86be17a0252ca5d8d8df12cfb0473525249ce"

let wrap () =
  let kek = unhex "000102030405060708090A0B0C0D0E0F" and text = unhex "00112233445566778899AABBCCDDEEFF" in
  let wrapped = "1FA68B0A8112B447AEF34BD8FB5A7B829D3E862371D2CFE5" in
  check "wrap" wrapped (Aes_key_wrap.wrap ~kek text);
  let shown = function Some text -> text | None -> "" in
  check "unwrap" "00112233445566778899AABBCCDDEEFF" (shown (Aes_key_wrap.unwrap ~kek (unhex wrapped)));
  check "unwrap of another" "" (shown (Aes_key_wrap.unwrap ~kek:text (unhex wrapped)))

let ccmp () =
  let key = Ccmp.key (unhex "c97c1f67ce371185514a8a19f2bdd52f") in
  let front = "0848c32c0fd2e128a57c5030f1844408abaea5b8fcba8033 0ce7002076970 3b5" in
  let plain = front ^ "f8ba1a55d02f85ae967bb62fb6cda8eb7e78a050" in
  let secret = front ^ "f3d0a2fe9a3dbf2342a643e43246e80c3c04d019 7845ce0b16f97623" in
  let header text = Option.get (Dot11_header.parse (Cstruct.of_string text)) in
  let frame = Cstruct.of_string (unhex plain) in
  check "ccmp" secret (Cstruct.to_string (Ccmp.encrypt key (header (unhex plain)) frame));
  let decrypt text =
    match Ccmp.decrypt key (header text) (Cstruct.of_string text) with Some f -> Cstruct.to_string f | None -> ""
  in
  check "ccmp back" plain (decrypt (unhex secret));
  let changed = Bytes.of_string (unhex secret) in
  Bytes.set changed 40 '\x00';
  check "ccmp of a changed frame" "" (decrypt (Bytes.to_string changed));
  match Ccmp.read_header frame ~at:24 with
  | None -> print_endline "no CCMP header"
  | Some (number, id) ->
      Printf.printf "number %06x%06x, key %d\n" number.high number.low id;
      let copy = Cstruct.create 8 in
      Ccmp.write_header copy ~at:0 ~key_id:id number;
      check "its header" "0ce7002076970 3b5" (Cstruct.to_string copy);
      let wrapped = Ccmp.next { high = 1; low = 0xFFFFFF } in
      Printf.printf "next %x %x, after %b\n" wrapped.high wrapped.low (Ccmp.is_after wrapped { high = 1; low = 0xFFFFFF })

let () =
  keys ();
  wrap ();
  ccmp ()
