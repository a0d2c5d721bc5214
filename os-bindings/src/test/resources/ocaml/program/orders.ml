(* SPDX-License-Identifier: Apache-2.0 *)
(* All comparisons of all pairs of values: strings of all lengths around a word's, constructors, nested blocks. *)

type t =
  | A
  | B
  | C of int
  | D of int * t
  | E of string
  | F of t * string
  | G of { x : float; y : t }
  | H of int64
  | L of t list

let copy s = Bytes.to_string (Bytes.of_string s)

let strings =
  let some =
    [ ""; "\000"; "\000\000"; "a"; "a\000"; "a\001"; "a\002"; "a\003"; "ab"; "abc"; "abc\000"; "abc\001";
      "abc\003"; "abcd"; "abcd\000"; "abce"; "abd"; "b"; "\255"; "\255\255\255\255"; "\255\255\255"; "\128";
      "\127"; "abcdefg"; "abcdefg\000"; "abcdefgh"; "abcdefgi"; "abcdeffh"; "bbcdefgh"; "abcdefgh\255";
      String.make 30 'x'; String.make 31 'x'; String.make 32 'x'; String.make 33 'x'; String.make 31 'x' ^ "y";
      String.make 30 'x' ^ "\000y" ]
  in
  some @ List.map copy some

let rec deep n = if n = 0 then A else F (deep (n - 1), "x")
let rec wide n last = if n = 0 then last else D (n, wide (n - 1) last)

let values =
  [ A; B; C 0; C 1; C (-1); C max_int; C min_int; D (1, A); D (1, B); D (1, C 1); D (2, A); E ""; E "a";
    E (copy "a"); E "b"; E "a\000"; F (A, "a"); F (B, "a"); F (A, "b"); F (E "q", "b"); F (E "q", "a");
    G { x = 1.; y = A }; G { x = nan; y = A }; G { x = -0.; y = A }; G { x = 0.; y = B };
    G { x = neg_infinity; y = A }; H 1L; H (-1L); H 0x100000000L; H 0xffffffffL; L []; L [ A ]; L [ A; B ];
    L [ B ]; deep 2; deep 3; deep 4; deep 5; deep 6; deep 12; F (deep 5, "y"); F (deep 5, copy "y");
    wide 100 A; wide 100 B; wide 99 (E "s"); wide 100 (E (copy "s")) ]

let compare_all all =
  let digest = ref 7 in
  let note holds = digest := ((!digest * 31) + if holds then 1 else 2) land 0xFFFFFF in
  List.iter
    (fun a ->
      List.iter
        (fun b ->
          List.iter note
            [ a = b; a <> b; a < b; a <= b; a > b; a >= b; compare a b < 0; compare a b > 0; max a b == a ])
        all)
    all;
  print_int !digest;
  print_newline ()

let compare_strings a b =
  let order = String.compare a b in
  if a < b <> (order < 0) || a = b <> String.equal a b then print_string "!";
  print_string (match order with -1 -> "<" | 0 -> "=" | 1 -> ">" | _ -> "?")

let refused f = match f () with (_ : bool) -> print_endline "?" | exception Invalid_argument s -> print_endline s
let rec cycle = 1 :: 2 :: cycle

let () =
  compare_all strings;
  compare_all values;
  compare_all
    (List.map Obj.repr values @ List.map Obj.repr strings
    @ [ Obj.repr 1; Obj.repr min_int; Obj.repr [||]; Obj.repr [| 1. |]; Obj.repr [| 1.; nan |] ]);
  compare_all [ 1.; 2.; nan; -0.; 0.; infinity ];
  compare_all [ [||]; [| 1. |]; [| 1.; 2. |] ];
  compare_all [ 1l; -1l; Int32.min_int ];
  compare_all [ 1n; 2n; -3n ];
  List.iter
    (fun a ->
      List.iter (compare_strings a) strings;
      print_newline ())
    strings;
  refused (fun () -> compare (fun x -> x) (fun x -> x + 1) = 0);
  refused (fun () -> (1, fun x -> x) = (1, fun x -> x + 1));
  print_endline (string_of_bool ((1, fun x -> x) = (2, fun x -> x + 1)));
  print_int (compare cycle (1 :: 2 :: 1 :: 3 :: cycle));
  print_newline ()
