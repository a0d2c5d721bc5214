(* SPDX-License-Identifier: Apache-2.0 *)
(* what a handler uses stays alive while the body runs *)
let rec churn n = if n = 0 then [] else (n, n) :: churn (n - 1)
let f g x =
  let kept = [ x; x + 1 ] in
  let other = string_of_int x in
  match
    (let junk = churn 500 in
     let j2 = List.length junk in
     let a = [ j2; j2 ] in
     g x a)
  with
  | l -> List.length l
  | exception Not_found -> List.fold_left ( + ) (String.length other) kept
let () =
  for i = 1 to 20 do
    print_int (f (fun x a -> ignore (churn 600); if x land 1 = 0 then raise Not_found else a) i);
    print_char ' '
  done;
  let a = Array.make 10 0 in
  let keep = churn 100 in
  (try for i = 0 to 1000000 do if i land 7 = 0 then ignore (churn 10); a.(i) <- i done
   with Invalid_argument s -> print_string s; print_int (List.length keep));
  print_newline ()
