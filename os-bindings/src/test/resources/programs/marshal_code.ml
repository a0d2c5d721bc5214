(* SPDX-License-Identifier: Apache-2.0 *)
(* Functions in marshalled data: what OCaml allows works, what it refuses it refuses the same way. *)
let f k x = x + k
let try_ name g = try g (); Printf.printf "%s: fine\n%!" name with e -> Printf.printf "%s: %s\n%!" name (Printexc.to_string e)
let () =
  try_ "no flag" (fun () -> ignore (Marshal.to_string (f (Sys.opaque_identity 3)) []));
  try_ "toplevel no flag" (fun () -> ignore (Marshal.to_string f []));
  try_ "closure" (fun () -> let s = Marshal.to_string (f (Sys.opaque_identity 3)) [Marshal.Closures] in
    let g : int -> int = Marshal.from_string s 0 in assert (g 4 = 7));
  try_ "toplevel" (fun () -> let s = Marshal.to_string f [Marshal.Closures] in
    let g : int -> int -> int = Marshal.from_string s 0 in assert (g 3 4 = 7));
  try_ "object" (fun () -> let o = object method m = 1 end in ignore (Marshal.to_string o []));
  try_ "object closures" (fun () -> let o = object method m = 1 end in ignore (Marshal.to_string o [Marshal.Closures]));
  try_ "lazy" (fun () -> ignore (Marshal.to_string (lazy (f 1 2)) []));
  try_ "channel" (fun () -> ignore (Marshal.to_string stdout []));
  try_ "data" (fun () -> assert (Marshal.from_string (Marshal.to_string [1.5; 2.5] []) 0 = [1.5; 2.5]));
  try_ "bad magic" (fun () -> ignore (Marshal.from_string (String.make 40 'x') 0));
  try_ "truncated" (fun () -> let s = Marshal.to_string (List.init 30 Fun.id) [] in ignore (Marshal.from_string (String.sub s 0 30) 0));
  let code = "\x84\x95\xA6\xBE\x00\x00\x00\x0B\x00\x00\x00\x02\x00\x00\x00\x08\x00\x00\x00\x07\x10\x00\x00\x00\x0aabcdefghijklmnop" ^ String.make 30 ' ' in
  try_ "code pointer in" (fun () -> ignore (Marshal.from_string code 0));
  let code = "\x84\x95\xA6\xBE\x00\x00\x00\x15\x00\x00\x00\x01\x00\x00\x00\x02\x00\x00\x00\x02\x90\x10\x00\x00\x00\x0aabcdefghijklmnop" ^ String.make 30 ' ' in
  try_ "code pointer in block" (fun () -> ignore (Marshal.from_string code 0));
  try_ "hash closure" (fun () -> Printf.printf "%b " (Hashtbl.hash f >= 0));
  try_ "compare closures" (fun () -> ignore (compare (f (Sys.opaque_identity 1)) (f (Sys.opaque_identity 2))));
  try_ "equal toplevel" (fun () -> ignore ((Sys.opaque_identity f) = (Sys.opaque_identity (fun a b -> a * b))))
