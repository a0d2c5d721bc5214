(* SPDX-License-Identifier: Apache-2.0 *)
let bigstring text =
  let b = Bigarray.Array1.create Bigarray.char Bigarray.c_layout (String.length text) in
  String.iteri (Bigarray.Array1.set b) text;
  b

module Both (E : EndianBytes.EndianBytesSig) (B : EndianBigstring.EndianBigstringSig) = struct
  let run name =
    let b = Bytes.init 32 (fun i -> Char.chr (i * 37 land 255)) in
    let big = bigstring (Bytes.to_string b) in
    for i = 0 to 24 do
      Printf.printf "%s %d: %d %d %d %d %ld %Ld %h %h\n" name i (E.get_uint8 b i) (E.get_int8 b i) (E.get_uint16 b i)
        (E.get_int16 b i) (E.get_int32 b i) (E.get_int64 b i) (E.get_float b i) (E.get_double b i);
      Printf.printf "%b %b %b\n" (B.get_uint16 big i = E.get_uint16 b i) (B.get_int32 big i = E.get_int32 b i)
        (B.get_int64 big i = E.get_int64 b i)
    done;
    E.set_int16 b 1 0x1234;
    E.set_int32 b 4 0x89abcdefl;
    E.set_int64 b 9 0x0123456789abcdefL;
    E.set_double b 20 (-1.5);
    Printf.printf "%S\n" (Bytes.to_string b);
    match E.get_int64 b 25 with
    | _ -> print_endline "no exception"
    | exception Invalid_argument m -> print_endline m
end

module Big = Both (EndianBytes.BigEndian) (EndianBigstring.BigEndian)
module Little = Both (EndianBytes.LittleEndian) (EndianBigstring.LittleEndian)

let () =
  Big.run "big";
  Little.run "little"
