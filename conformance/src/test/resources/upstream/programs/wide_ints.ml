(* SPDX-License-Identifier: Apache-2.0 *)
(* Int63 has 63 bits on each machine, Optint at least 32. *)

module Int63 = Optint.Int63

let show n = Format.asprintf "%a" Int63.pp n

let values =
  List.map Int63.of_string [ "0"; "1"; "-1"; "7"; "-13"; "65535"; "1073741823"; "-1073741824"; "2147483647"; "-2147483648" ]
  @ [ Int63.max_int; Int63.min_int; Int63.of_int32 0x12345678l; Int63.of_int64 0x123456789abcdefL; Int63.of_float 1e15 ]

let two a b =
  let say name f = Printf.printf "%s %s %s = %s\n" (show a) name (show b) (show (f a b)) in
  Int63.(say "add" add; say "sub" sub; say "mul" mul; say "and" logand; say "or" logor; say "xor" logxor);
  Printf.printf "%b %b\n" (Int63.compare a b < 0) (Int63.equal a b);
  if not (Int63.equal b Int63.zero) then Int63.(say "div" div; say "rem" rem)

let one a =
  Printf.printf "%s %s %ld %Ld %h %s %s\n" (show (Int63.neg a)) (show (Int63.lognot a)) (Int63.to_int32 a)
    (Int63.to_int64 a) (Int63.to_float a) (show (Int63.succ a)) (show (Int63.abs a));
  let shift n =
    Printf.printf "%s %s %s\n" (show (Int63.shift_left a n)) (show (Int63.shift_right a n))
      (show (Int63.shift_right_logical a n))
  in
  List.iter shift [ 0; 1; 5; 17; 31; 32; 50 ];
  let bytes = Bytes.make Int63.encoded_size ' ' in
  Int63.encode bytes ~off:0 a;
  let text = Bytes.to_string bytes in
  Printf.printf "%S %s\n" text (show (Int63.decode text ~off:0))

let small = List.map Optint.of_int [ 0; 1; -1; 7; -13; 12345; 20000; -20000 ]

let two32 a b =
  let say f = Printf.printf "%d " (Optint.to_int (f a b)) in
  List.iter say Optint.[ add; sub; mul; logand; logor; logxor ];
  (* Where they fit an int, Optint divides negative numbers as if they were large ones. *)
  if Optint.(compare a zero >= 0 && compare b zero > 0) then List.iter say Optint.[ div; rem ];
  Printf.printf "%b\n" (Optint.compare a b < 0)

let () =
  List.iter (fun a -> one a; List.iter (two a) values) values;
  List.iter (fun a -> Printf.printf "%s\n" (Optint.to_string a); List.iter (two32 a) small) small
