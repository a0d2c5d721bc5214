(* SPDX-License-Identifier: Apache-2.0 *)
(* The address that an index of -1 gives equals an integer without its tag in shape; in a loop that allocates it must be made anew. *)

let () =
  let text = Bytes.make 11 'a' in
  let set k = Bytes.set_int16_le text k 0x6262 in
  for turn = 1 to 3 do
    set (turn * 2);
    (try Bytes.set_int16_le text (-1) 0 with Invalid_argument _ | Not_found -> set (turn + 4));
    ignore (Sys.opaque_identity (ref turn))
  done;
  print_endline (Bytes.to_string text)
