(* SPDX-License-Identifier: Apache-2.0 *)
(* Numbers of all sizes, from a generator of its own: the output does not depend on the size of int. *)

open Num

let state = ref (match Sys.argv with [| _; seed |] -> int_of_string seed | _ -> 0x2545)

let next bound =
  state := (!state * 7919 + 12345) land 0xffffff;
  !state lsr 4 mod bound

let shift = power_num (Int 2) (Int 16)

let number () =
  let digit () = match next 5 with 0 -> 0 | 1 -> 0xffff | 2 -> 0x8000 | _ -> next 0x10000 in
  let rec make n = if n = 0 then Int (next 3) else add_num (mult_num (make (n - 1)) shift) (Int (digit ())) in
  let x = make (match next 4 with 0 -> next 3 | 1 -> next 6 | _ -> next 24) in
  if next 2 = 0 then x else minus_num x

let show name f =
  print_string name;
  print_endline (try f () with e -> "raised " ^ Printexc.to_string e)

let big f x = Big_int.string_of_big_int (f (big_int_of_num x))
let abs_big x = Big_int.abs_big_int (big_int_of_num x)

let unary x =
  show "sqrt " (fun () -> big (fun b -> Big_int.sqrt_big_int (Big_int.abs_big_int b)) x);
  show "square " (fun () -> string_of_num (square_num x));
  show "marshal " (fun () -> string_of_num (Marshal.from_string (Marshal.to_string x []) 0));
  show "read " (fun () -> string_of_bool (eq_num x (num_of_string (string_of_num x))));
  show "float " (fun () -> Printf.sprintf "%h" (float_of_num x));
  let n = next 80 in
  show "shl " (fun () -> big (fun b -> Big_int.shift_left_big_int b n) x);
  show "shr " (fun () -> big (fun b -> Big_int.shift_right_big_int b n) x);
  show "bits " (fun () -> string_of_int (Big_int.num_bits_big_int (big_int_of_num x)))

let binary x y =
  List.iter
    (fun (name, f) -> show name (fun () -> string_of_num (f x y)))
    [ ("add ", add_num); ("sub ", sub_num); ("mul ", mult_num); ("div ", div_num); ("quo ", quo_num); ("mod ", mod_num) ];
  List.iter
    (fun (name, f) -> show name (fun () -> Big_int.string_of_big_int (f (abs_big x) (abs_big y))))
    Big_int.[ ("and ", and_big_int); ("or ", or_big_int); ("xor ", xor_big_int); ("gcd ", gcd_big_int) ];
  show "compare " (fun () -> string_of_int (compare_num x y))

let () =
  for _ = 1 to 100 do
    let x = number () and y = number () in
    print_endline (string_of_num x ^ " " ^ string_of_num y);
    unary x;
    binary x y
  done;
  for n = 0 to 30 do
    print_endline (approx_num_exp 30 (div_num (power_num (Int 3) (Int n)) (power_num (Int 7) (Int (n / 2)))))
  done;
  (* A digit does not depend on the machine in what it does to another. *)
  let nat = Nat.nat_of_string "123456789012345678901234567890" in
  let size = Nat.length_nat nat in
  let square = Nat.make_nat (2 * size + 1) in
  Nat.set_digit_nat square 0 5;
  ignore (Nat.square_nat square 0 (2 * size + 1) nat 0 size);
  print_endline (Nat.string_of_nat square)
