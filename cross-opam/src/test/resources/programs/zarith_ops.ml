(* SPDX-License-Identifier: Apache-2.0 *)
(* Every function of Z on numbers of all sizes, from a generator of its own: the output does not depend on the size of int. *)

let state = ref (match Sys.argv with [| _; seed |] -> int_of_string seed | _ -> 0x2545)

let next bound =
  state := (!state * 7919 + 12345) land 0xffffff;
  !state lsr 4 mod bound

(* Numbers around limb borders, dense and sparse, of either sign. *)
let number () =
  let limbs = match next 8 with 0 -> 0 | 1 | 2 -> 1 | 3 -> 2 | 4 -> 3 | 5 -> 4 | 6 -> 8 | _ -> next 30 in
  let digit () = match next 5 with 0 -> 0 | 1 -> 0xffff | 2 -> 0x8000 | _ -> next 0x10000 in
  let rec make n = if n = 0 then Z.of_int (next 3) else Z.add (Z.shift_left (make (n - 1)) 16) (Z.of_int (digit ())) in
  let x = make (2 * limbs) in
  if next 2 = 0 then x else Z.neg x

let positive () = Z.succ (Z.abs (number ()))

let show name f =
  print_string name;
  print_string (try f () with e -> " raised " ^ Printexc.to_string e);
  print_newline ()

let z = Z.to_string
let b = string_of_bool
let i = string_of_int
let pair (x, y) = z x ^ " " ^ z y

let unary x =
  let count = next 100 in
  List.iter
    (fun (name, f) -> show name (fun () -> f x))
    [ ("neg ", fun x -> z (Z.neg x)); ("abs ", fun x -> z (Z.abs x)); ("succ ", fun x -> z (Z.succ x));
      ("pred ", fun x -> z (Z.pred x)); ("lognot ", fun x -> z (Z.lognot x)); ("sqrt ", fun x -> z (Z.sqrt x));
      ("sqrt_rem ", fun x -> pair (Z.sqrt_rem x)); ("numbits ", fun x -> i (Z.numbits x));
      ("zeros ", fun x -> if x = Z.zero then "-" else i (Z.trailing_zeros x)); ("popcount ", fun x -> i (Z.popcount x));
      ("shl ", fun x -> z (Z.shift_left x count)); ("shr ", fun x -> z (Z.shift_right x count));
      ("shrt ", fun x -> z (Z.shift_right_trunc x count)); ("bit ", fun x -> b (Z.testbit x count));
      ("extract ", fun x -> z (Z.extract x (next 80) (1 + next 90)));
      ("signed ", fun x -> z (Z.signed_extract x (next 80) (1 + next 90)));
      ("root ", fun x -> z (Z.root x (1 + next 7))); ("rootrem ", fun x -> pair (Z.rootrem x (1 + next 7)));
      ("square ", fun x -> b (Z.perfect_square x)); ("power ", fun x -> b (Z.perfect_power x));
      ("pow ", fun x -> z (Z.pow x (next 9))); ("prime ", fun x -> i (Z.probab_prime x 25));
      ("hash ", fun x -> i (Z.hash x land 0x3fffffff)); ("bits ", fun x -> String.escaped (Z.to_bits x |> fun s -> z (Z.of_bits s)));
      ("float ", fun x -> Printf.sprintf "%h" (Z.to_float x)); ("of_float ", fun x -> z (Z.of_float (Z.to_float x /. 3.)));
      ("int32 ", fun x -> Int32.to_string (Z.to_int32 x)); ("int64 ", fun x -> Int64.to_string (Z.to_int64 x));
      ("marshal ", fun x -> z (Marshal.from_string (Marshal.to_string x []) 0));
      ("read ", fun x -> b (Z.equal x (Z.of_string (z x)) && Z.equal x (Z.of_string (Z.format "%#x" x)))) ];
  List.iter
    (fun f -> show (f ^ " ") (fun () -> "|" ^ Z.format f x ^ "|"))
    [ "%d"; "%x"; "%#X"; "%o"; "%b"; "%+40d"; "%-50x"; "%030d"; "% #60o" ]

let binary x y =
  List.iter
    (fun (name, f) -> show name (fun () -> f x y))
    [ ("add ", fun x y -> z (Z.add x y)); ("sub ", fun x y -> z (Z.sub x y)); ("mul ", fun x y -> z (Z.mul x y));
      ("div_rem ", fun x y -> pair (Z.div_rem x y)); ("ediv_rem ", fun x y -> pair (Z.ediv_rem x y));
      ("cdiv ", fun x y -> z (Z.cdiv x y)); ("fdiv ", fun x y -> z (Z.fdiv x y));
      ("exact ", fun x y -> z (Z.divexact (Z.mul x y) y)); ("gcd ", fun x y -> z (Z.gcd x y));
      ("lcm ", fun x y -> z (Z.lcm x y)); ("gcdext ", fun x y -> let g, s, t = Z.gcdext x y in z g ^ " " ^ pair (s, t));
      ("and ", fun x y -> z (Z.logand x y)); ("or ", fun x y -> z (Z.logor x y)); ("xor ", fun x y -> z (Z.logxor x y));
      ("compare ", fun x y -> i (Z.compare x y) ^ i (compare x y)); ("divisible ", fun x y -> b (Z.divisible x y));
      ("invert ", fun x y -> z (Z.invert x y)); ("jacobi ", fun x y -> i (Z.jacobi x (Z.logor y Z.one)));
      ("kronecker ", fun x y -> i (Z.kronecker x y)); ("hamdist ", fun x y -> i (Z.hamdist (Z.abs x) (Z.abs y)));
      ("remove ", fun x y -> let r, n = (let d = Z.add (Z.abs y) (Z.of_int 2) in Z.remove (Z.mul x (Z.mul d d)) d) in z r ^ " " ^ i n) ]

let modular x e m =
  show "powm " (fun () -> z (Z.powm x e m));
  show "secret " (fun () -> z (Z.powm_sec x e m));
  show "congruent " (fun () -> b (Z.congruent x e m))

let () =
  for turn = 1 to 60 do
    let x = number () and y = number () in
    print_endline (z x ^ " " ^ z y);
    unary x;
    binary x y;
    if turn mod 3 = 0 then modular x (Z.rem (number ()) (Z.pow (Z.of_int 2) 70)) (number ());
    if turn mod 3 = 1 then modular x (positive ()) (Z.logor (positive ()) Z.one)
  done;
  for n = 0 to 40 do
    print_endline (String.concat " " (List.map (fun f -> z (f n)) Z.[ fac; fac2; primorial; fib; lucnum; (fun n -> facM n 3) ]));
    print_endline (z (Z.bin (Z.of_int (n - 20)) (n / 2)) ^ " " ^ z (Z.nextprime (Z.pow (Z.of_int n) (1 + n / 4))))
  done;
  (* The next prime is a limb longer. *)
  List.iter (fun n -> print_endline (z Z.(nextprime (of_string n)))) [ "4294967291"; "4294967295"; "18446744073709551557" ];
  List.iter
    (fun text -> show text (fun () -> " is " ^ z (Z.of_string text)))
    [ "-"; ""; "0x"; "12_3"; "_1"; "0b102"; "0xfFfF_ffff_0000_0001"; "-0o777777777777"; "9g"; "+-3"; "99999999999999999999x" ]
