(* SPDX-License-Identifier: Apache-2.0 *)
(* hash table and strings *)
let () =
  let table = Hashtbl.create 64 in
  let b = Buffer.create 64 in
  let x = ref 7 in
  for i = 1 to 4000 do
    x := (!x * 421 + 1663) mod 7875;
    Buffer.clear b;
    Buffer.add_string b "key";
    Buffer.add_string b (string_of_int (!x mod 300));
    let key = Buffer.contents b in
    (match Hashtbl.find_opt table key with
     | None -> Hashtbl.add table key i
     | Some n -> Hashtbl.replace table key ((n + i) land 0xFFFF))
  done;
  let s = Hashtbl.fold (fun k v acc -> (acc + v + String.length k) land 0xFFFFFF) table 0 in
  print_string "hash "; print_int (Hashtbl.length table); print_char ' '; print_int s; print_newline ()
