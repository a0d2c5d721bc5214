(* SPDX-License-Identifier: Apache-2.0 *)
(* Loops that count by themselves: bounds, ways out, nesting. *)

exception Found of int

let up a b =
  let s = ref 0 in
  for i = a to b do
    s := (!s * 3) + i
  done;
  !s

let down a b =
  let s = ref 0 in
  for i = a downto b do
    s := (!s * 5) lxor i
  done;
  !s

let only_count a b =
  let s = ref 1 in
  for _ = a to b do
    s := !s * 7 land 0xFFFFF
  done;
  !s

let below a n =
  let i = ref a and s = ref 0 in
  while !i < n do
    s := !s + (!i land 5);
    incr i
  done;
  (!i, !s)

let at_least a n =
  let i = ref a and s = ref 0 in
  while !i >= 7 && n > 0 do
    s := !s + !i;
    decr i
  done;
  (!i, !s)

let to_constant a =
  let i = ref a and s = ref 1 in
  while !i >= -3 do
    s := !s * 3 + !i;
    decr i
  done;
  let j = ref a in
  while !j <= 12 do
    s := !s * 5 + !j;
    incr j
  done;
  let k = ref a in
  while !k > 2 do
    s := !s lxor !k;
    decr k
  done;
  (!i, !j, !k, !s)

let rec until i n acc = if i = n then acc else until (i + 1) n (acc * 3 + i)
let rec back i n acc = if i = n then acc else back (i - 1) n (acc * 3 + i)

let early (a : int array) x =
  let r = ref (-1) in
  (try
     for i = 0 to Array.length a - 1 do
       if Array.unsafe_get a i = x then raise_notrace (Found i)
     done
   with Found i -> r := i);
  !r

let rec index (a : int array) x i n = if i >= n then -1 else if a.(i) = x then i else index a x (i + 1) n

let within (a : int array) n =
  let s = ref 0 in
  match
    for i = 0 to n do
      s := !s + a.(i)
    done
  with
  | () -> !s
  | exception Invalid_argument _ -> - !s

let divided n =
  let s = ref 0 in
  match
    for i = n downto -3 do
      s := !s + (1000 / i)
    done
  with
  | () -> !s
  | exception Division_by_zero -> - !s

let choose (b : Bytes.t) =
  let spaces = ref 0 and others = ref 0 in
  for i = 0 to Bytes.length b - 1 do
    match Bytes.get b i with
    | ' ' -> incr spaces
    | 'a' .. 'm' -> others := !others + 2
    | 'n' .. 'z' -> if !others > 3 then others := !others - 1
    | _ -> others := !others * 2
  done;
  (!spaces, !others)

let nested n =
  let s = ref 0 in
  for i = 1 to n do
    for j = i to n do
      for k = j downto i do
        s := (!s * 3 + (i * j) - k) land 0xFFFFFF
      done;
      s := !s + 1
    done
  done;
  !s

let empty n = for _ = 1 to n do () done; n

let many a0 b0 c0 d0 e0 f0 g0 h0 n =
  let a = ref a0 and b = ref b0 and c = ref c0 and d = ref d0 in
  let e = ref e0 and f = ref f0 and g = ref g0 and h = ref h0 in
  for i = 1 to n do
    let t = !a + !h + i in
    h := !g; g := !f; f := !e; e := !d + t; d := !c; c := !b; b := !a; a := t lxor !e
  done;
  (!a + !b + !c + !d, !e lxor !f lxor !g lxor !h)

let swap n =
  let a = ref 1 and b = ref 2 and c = ref 3 in
  for _ = 1 to n do
    let t = !a in
    a := !b; b := !c; c := t
  done;
  (!a, !b, !c)

let fill (a : string array) x = for i = 0 to Array.length a - 1 do a.(i) <- x ^ "" done
let keep (a : string array) x = for i = 0 to Array.length a - 1 do a.(i) <- x done

let () =
  let p = Printf.printf in
  List.iter
    (fun (a, b) ->
      p "%d %d: %d %d %d\n" a b (up a b land 0x3FFFFFFF) (down b a land 0x3FFFFFFF) (only_count a b))
    [ (0, -1); (0, 0); (0, 1); (1, 10); (-5, 5); (3, 2); (100, 0); (-7, -7); (5, 30) ];
  let top = 0x3FFFFFFF in
  let bottom = -top - 1 in
  p "%d %d\n" (up (top - 6) top land 0xFFFF) (up bottom (bottom + 6) land 0xFFFF);
  p "%d %d\n" (down top (top - 6) land 0xFFFF) (down (bottom + 6) bottom land 0xFFFF);
  p "%d %d\n" (up top top land 0xFFFF) (down bottom bottom land 0xFFFF);
  p "%d %d\n" (up top bottom) (down bottom top);
  List.iter
    (fun (a, n) ->
      let i, s = below a n in
      let j, t = at_least (a land 31) n in
      p "%d %d: %d %d %d %d\n" a n i s j (t land 0xFFFFFF))
    [ (0, 0); (0, 1); (0, 20); (20, 0); (-4, 9); (top - 5, top); (bottom, bottom + 3); (12, 4); (6, 1); (7, 1) ];
  List.iter
    (fun a ->
      let i, j, k, s = to_constant a in
      p "%d: %d %d %d %d\n" a i j k (s land 0xFFFFFF))
    [ -4; -3; 0; 2; 3; 11; 12; 13; 40 ];
  List.iter
    (fun (i, n) -> p "%d %d: %d %d\n" i n (until i n 1 land 0xFFFFFF) (back n i 1 land 0xFFFFFF))
    [ (0, 0); (0, 1); (3, 17); (-9, 2); (top, top) ];
  let a = Array.init 20 (fun i -> i * 3) in
  p "%d %d %d %d\n" (early a 0) (early a 57) (early a 30) (early a 31);
  p "%d %d %d %d\n" (early [||] 0) (index a 57 0 20) (index a 58 0 20) (index a 0 5 5);
  p "%d %d %d\n" (within a 19) (within a 20) (within [||] (-1));
  p "%d %d\n" (divided 5) (divided (-3));
  (* What follows a loop that was left early. *)
  for x = 0 to 12 do
    p "%d,%d " (early a (x * 6)) (up 1 x land 0xFFF)
  done;
  print_newline ();
  let spaces, others = choose (Bytes.of_string "the quick brown fox jumps over the lazy dog 0123") in
  p "%d %d %d\n" spaces (others land 0xFFFF) (fst (choose Bytes.empty));
  p "%d %d %d\n" (nested 0) (nested 5) (nested 17);
  p "%d %d\n" (empty 1000) (empty (-3));
  let x, y = many 1 2 3 4 5 6 7 8 100 in
  p "%d %d\n" (x land 0xFFFFFF) (y land 0xFFFFFF);
  List.iter (fun n -> let a, b, c = swap n in p "%d%d%d " a b c) [ 0; 1; 2; 3; 10 ];
  print_newline ();
  let s = Array.make 300 "" in
  fill s "x";
  keep s (String.make 3 'y');
  Gc.full_major ();
  p "%s %s\n" s.(0) s.(299)
