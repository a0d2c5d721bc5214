(* SPDX-License-Identifier: Apache-2.0 *)

(* Random operations of the library bigstringaf, every result printed. *)

let () =
  Random.init (match Sys.argv with [| _; seed |] -> int_of_string seed | _ -> 1);
  let size = 200 in
  let text () = String.init size (fun _ -> Char.chr (250 + Random.int 5)) in
  let a = Bigstringaf.of_string ~off:0 ~len:size (text ()) in
  let b = Bigstringaf.of_string ~off:0 ~len:size (text ()) in
  let sign n = compare n 0 in
  for _ = 1 to 2000 do
    let len = Random.int 8 in
    let src_off = Random.int (size - len) and dst_off = Random.int (size - len) in
    (match Random.int 7 with
    | 0 -> Bigstringaf.blit a ~src_off b ~dst_off ~len
    | 1 -> Bigstringaf.blit a ~src_off a ~dst_off ~len
    | 2 -> Bigstringaf.blit_from_string (text ()) ~src_off a ~dst_off ~len
    | 3 ->
        let bytes = Bytes.make size '.' in
        Bigstringaf.blit_to_bytes b ~src_off bytes ~dst_off ~len;
        print_string (Digest.to_hex (Digest.bytes bytes))
    | 4 -> print_int (sign (Bigstringaf.memcmp a src_off b dst_off len))
    | 5 -> print_int (sign (Bigstringaf.memcmp_string a src_off (text ()) dst_off len))
    | _ ->
        let byte = Char.chr (249 + Random.int 6) in
        print_int (Bigstringaf.memchr a src_off byte len));
    print_newline ()
  done;
  print_endline (Digest.to_hex (Digest.string (Bigstringaf.to_string a)));
  print_endline (Digest.to_hex (Digest.string (Bigstringaf.to_string b)))
