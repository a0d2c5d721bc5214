(* SPDX-License-Identifier: Apache-2.0 *)

(* Random operations of the library cstruct, every result printed. *)

let () =
  Random.init (match Sys.argv with [| _; seed |] -> int_of_string seed | _ -> 1);
  let size = 200 in
  let buffers =
    Array.init 3 (fun _ ->
        Cstruct.of_string (String.init size (fun _ -> Char.chr (Random.int 4))))
  in
  let range () =
    let off = Random.int size in
    (off, Random.int (size - off + 1))
  in
  let pick () = buffers.(Random.int 3) in
  for _ = 1 to 2000 do
    (match Random.int 6 with
    | 0 ->
        let off, len = range () in
        Cstruct.blit (pick ()) off (pick ()) (Random.int (size - len + 1)) len
    | 1 ->
        let off, len = range () in
        let s = String.init size (fun i -> Char.chr (i land 3)) in
        Cstruct.blit_from_string s off (pick ()) (Random.int (size - len + 1)) len
    | 2 ->
        let off, len = range () in
        let b = Bytes.make size '.' in
        Cstruct.blit_to_bytes (pick ()) off b (Random.int (size - len + 1)) len;
        print_string (Digest.to_hex (Digest.bytes b))
    | 3 ->
        let off, len = range () and off', len' = range () in
        print_int
          (Cstruct.compare
             (Cstruct.sub (pick ()) off len)
             (Cstruct.sub (pick ()) off' len'))
    | 4 ->
        let off, len = range () in
        Cstruct.memset (Cstruct.sub (pick ()) off len) (Random.int 256)
    | _ ->
        let a = Cstruct.sub (pick ()) (Random.int size) 0 in
        ignore (Cstruct.check_alignment a 1);
        print_int (Bool.to_int (Cstruct.check_alignment a 8)));
    print_newline ()
  done;
  Array.iter (fun b -> print_endline (Digest.to_hex (Digest.string (Cstruct.to_string b)))) buffers
