(* SPDX-License-Identifier: Apache-2.0 *)
(* What of Base is in C, on values that have the same answer whatever the size of int. *)

open Base

let print = Stdlib.print_endline
let state = ref 0x2545

let next bound =
  state := ((!state * 7919) + 12345) land 0xffffff;
  (!state lsr 4) % bound

let int32 () = Int32.bit_xor (Int32.shift_left (Int32.of_int_trunc (next 0x10000)) (next 17)) (Int32.of_int_trunc (next 3))
let int64 () = Int64.bit_xor (Int64.shift_left (Int64.of_int32 (int32 ())) (next 34)) (Int64.of_int (next 3))

let bits () =
  let x = 1 + next 100000 and y = Int32.bit_or (int32 ()) 1l and z = Int64.bit_or (int64 ()) 1L in
  print
    (String.concat ~sep:" "
       (List.map ~f:Int.to_string
          [ Int.ctz x; Int.num_bits - Int.clz x; Int.popcount x; Int.num_bits - Int.popcount (-x); Int.floor_log2 x;
            Int.ceil_log2 x; Int32.clz y; Int32.ctz y; Int32.popcount y; Int64.clz z; Int64.ctz z; Int64.popcount z;
            Nativeint.ctz (Nativeint.of_int x); Nativeint.num_bits - Nativeint.clz (Nativeint.of_int x) ]))

let powers () =
  print (Int64.to_string (Int64.( ** ) (Int64.of_int (next 200 - 100)) (Int64.of_int (next 9))));
  print (Int.to_string (Int.( ** ) (next 20 - 10) (next 8)))

(* One step: the state of a hash that goes on has as many bits as an int. *)
let hashes () =
  let text = String.init (next 400) ~f:(fun _ -> Char.of_int_exn (next 256)) in
  print (Int.to_string (String.hash text) ^ " " ^ Int.to_string (Float.hash (Float.of_int (next 100000) /. 7.)))

let () =
  for _ = 1 to 200 do
    bits ();
    powers ();
    hashes ()
  done;
  let table = Hashtbl.create (module String) in
  List.iter [ "one"; "two"; "three"; "two" ] ~f:(fun word -> Hashtbl.incr table word);
  print (Int.to_string (Hashtbl.find_exn table "two"));
  let e = Stdlib.Not_found in
  print (Bool.to_string (try Stdlib.raise e with x -> Exn.is_phys_equal_most_recent x))
