(* SPDX-License-Identifier: Apache-2.0 *)
(* Lazy values and sequences: primes, Hamming numbers, power series with rational coefficients, knots of lazy records, Seq, memo by streams, recursive values of all kinds. *)

type 'a stream = Cons of 'a * 'a stream Lazy.t

let rec from n = Cons (n, lazy (from (n + 1)))
let rec map f (Cons (x, s)) = Cons (f x, lazy (map f (Lazy.force s)))
let rec map2 f (Cons (x, s)) (Cons (y, t)) = Cons (f x y, lazy (map2 f (Lazy.force s) (Lazy.force t)))
let rec filter p (Cons (x, (lazy s))) = if p x then Cons (x, lazy (filter p s)) else filter p s
let rec take n (Cons (x, s)) = if n = 0 then [] else x :: (if n = 1 then [] else take (n - 1) (Lazy.force s))
let rec nth n (Cons (x, s)) = if n = 0 then x else nth (n - 1) (Lazy.force s)
let tail (Cons (_, (lazy s))) = s
let ints l = String.concat " " (List.map string_of_int l)

let rec sieve (Cons (p, s)) = Cons (p, lazy (sieve (filter (fun n -> n mod p <> 0) (Lazy.force s))))

(* primes that look back at themselves *)
let rec primes = Cons (2, lazy (filter is_prime (from 3)))
and is_prime n = let rec go (Cons (p, s)) = p * p > n || (n mod p <> 0 && go (Lazy.force s)) in go primes

let rec merge (Cons (x, s) as a) (Cons (y, t) as b) = if x < y then Cons (x, lazy (merge (Lazy.force s) b)) else if x > y then Cons (y, lazy (merge a (Lazy.force t))) else Cons (x, lazy (merge (Lazy.force s) (Lazy.force t)))

let rec hamming = Cons (1, lazy (merge (map (( * ) 2) hamming) (merge (map (( * ) 3) hamming) (map (( * ) 5) hamming))))
let rec fibs = Cons (0, lazy (Cons (1, lazy (map2 ( + ) fibs (tail fibs)))))

let () =
  print_endline (ints (take 15 (sieve (from 2))));
  print_endline (ints (take 15 primes));
  Printf.printf "%d %b\n" (nth 300 primes) (take 40 primes = take 40 (sieve (from 2)));
  print_endline (ints (take 25 hamming));
  Printf.printf "%d %d\n" (nth 150 hamming) (nth 43 fibs)

(* Power series *)
module Series = struct
  type q = { n : int; d : int }

  let rec gcd a b = if b = 0 then abs a else gcd b (a mod b)
  let q n d = let g = gcd n d in let g = if d < 0 then -g else g in { n = n / g; d = d / g }
  let ( +/ ) a b = let l = a.d / gcd a.d b.d * b.d in q ((a.n * (l / a.d)) + (b.n * (l / b.d))) l
  let ( */ ) a b = let g = gcd a.n b.d and h = gcd b.n a.d in q (a.n / g * (b.n / h)) (a.d / h * (b.d / g))
  let zero = q 0 1 and one = q 1 1
  let inv a = if a.n = 0 then raise Division_by_zero else q a.d a.n
  let show a = if a.d = 1 then string_of_int a.n else Printf.sprintf "%d/%d" a.n a.d

  let scale k = map (( */ ) k)
  let add = map2 ( +/ )
  let neg = scale (q (-1) 1)
  let rec mul (Cons (a, s)) (Cons (b, t) as g) = Cons (a */ b, lazy (add (scale a (Lazy.force t)) (mul (Lazy.force s) g)))
  let rec zeros = Cons (zero, lazy zeros)
  let poly l = List.fold_right (fun a s -> Cons (a, lazy s)) l zeros
  let integrate c s = let rec go k (Cons (a, s)) = Cons (a */ q 1 k, lazy (go (k + 1) (Lazy.force s))) in Cons (c, lazy (go 1 (Lazy.force s)))
  let derive (Cons (_, s)) = let rec go k (Cons (a, s)) = Cons (a */ q k 1, lazy (go (k + 1) (Lazy.force s))) in go 1 (Lazy.force s)
  let divide (Cons (a, s)) (Cons (b, t)) =
    let k = inv b in
    let rec r = lazy (Cons (a */ k, lazy (scale k (add (Lazy.force s) (neg (mul (Lazy.force t) (Lazy.force r))))))) in
    Lazy.force r
  let rec compose (Cons (a, s)) (Cons (b, t) as g) = if b.n <> 0 then invalid_arg "compose" else Cons (a, lazy (mul (Lazy.force t) (compose (Lazy.force s) g)))

  (* solutions of differential equations that refer to themselves *)
  let exp = let rec e = lazy (integrate one e) in Lazy.force e
  let sine, cosine =
    let rec s = lazy (integrate zero c) and c = lazy (integrate one (lazy (neg (Lazy.force s)))) in
    (Lazy.force s, Lazy.force c)
  let tangent = let rec t = lazy (integrate zero (lazy (add (poly [ one ]) (let t = Lazy.force t in mul t t)))) in Lazy.force t
end

let () =
  let open Series in
  let print name s n = Printf.printf "%s: %s\n" name (String.concat " " (List.map show (take n s))) in
  print "exp" exp 9;
  print "sin" sine 8;
  print "cos" cosine 8;
  print "sin^2 + cos^2" (add (mul sine sine) (mul cosine cosine)) 7;
  print "sin / cos" (divide sine cosine) 8;
  print "tan" tangent 8;
  print "1 / (1 - x - x^2)" (divide (poly [ one ]) (poly [ one; q (-1) 1; q (-1) 1 ])) 12;
  print "exp (sin x)" (compose exp sine) 6;
  print "tan'" (derive tangent) 6;
  (match divide exp sine with _ -> print_endline "?" | exception Division_by_zero -> print_endline "no quotient");
  match compose exp cosine with _ -> print_endline "?" | exception Invalid_argument m -> Printf.printf "no %s\n" m

(* Recursive values of all kinds, with closures between them *)
type node = { name : string; next : node Lazy.t; score : int -> int; mutable seen : int }

let ring k =
  let rec a = { name = "a"; next = lazy b; score = (fun n -> if n = 0 then k else b.score (n - 1) + 1); seen = 0 }
  and b = { name = "b"; next = lazy c; score = (fun n -> if n = 0 then 2 * k else c.score (n - 1) + f n); seen = 0 }
  and c = { name = "c"; next = lazy a; score = (fun n -> if n = 0 then 3 * k else a.score (n - 1) * 2); seen = 0 }
  and f n = g (n + k)
  and g n = if n > 10 then f (n - 10 - k) else n in
  a

let knot k =
  let rec l = k :: (k + 1) :: m and m = 7 :: l and t = (l, m, f) and f n = match l with x :: _ when n > 0 -> x + f (n - 1) | _ -> List.nth m 4 and arr = [| t; t |] in
  let x, y, h = arr.(1) in
  (List.nth x 10, List.nth y 10, h 3)

let () =
  let a = ring 5 in
  let rec walk n node acc = if n = 0 then acc else begin node.seen <- node.seen + 1; walk (n - 1) (Lazy.force node.next) (acc ^ node.name) end in
  print_endline (walk 10 a "");
  Printf.printf "%d %d %d\n" a.seen (a.score 7) ((Lazy.force (Lazy.force a.next).next).score 4);
  for k = 1 to 3 do let x, y, z = knot k in Printf.printf "%d %d %d; " x y z done;
  print_newline ()

(* Forcing: exceptions are kept, circles are found, functions run once *)
let () =
  let runs = ref 0 in
  let bad = lazy (incr runs; if !runs < 100 then failwith (string_of_int !runs) else 1) in
  for _ = 1 to 3 do match Lazy.force bad with _ -> () | exception Failure m -> Printf.printf "failed %s " m done;
  Printf.printf "after %d runs; %b " !runs (Lazy.is_val bad);
  let rec circle = lazy (1 + Lazy.force circle) in
  (match Lazy.force circle with n -> Printf.printf "%d\n" n | exception Lazy.Undefined -> print_endline "undefined");
  let counter = ref 0 in
  let cells = Array.init 20 (fun i -> lazy (incr counter; i * i)) in
  let sum = ref 0 in
  for i = 0 to 99 do sum := !sum + Lazy.force cells.(i mod 20) done;
  Printf.printf "%d %d\n" !sum !counter;
  let floats = Array.init 8 (fun i -> lazy (float i /. 2.)) in
  Printf.printf "%g\n" (Array.fold_left (fun s l -> s +. Lazy.force l) 0. floats)

(* Dynamic programming in a lazy table *)
let () =
  let knapsack items limit =
    let n = Array.length items in
    let rec table = lazy (Array.init (n + 1) (fun i -> Array.init (limit + 1) (fun w -> lazy (cell i w))))
    and cell i w = if i = n then 0 else let v, k = items.(i) in let t = Lazy.force table in let skip = Lazy.force t.(i + 1).(w) in try max skip (v + Lazy.force t.(i + 1).(w - k)) with Invalid_argument _ -> skip in
    let t = Lazy.force table in
    let v = Lazy.force t.(0).(limit) in
    (v, Array.fold_left (fun s row -> Array.fold_left (fun s c -> if Lazy.is_val c then s + 1 else s) s row) 0 t)
  in
  let v, forced = knapsack [| (60, 10); (100, 20); (120, 30); (7, 3); (31, 8); (90, 25) |] 50 in
  Printf.printf "%d with %d cells\n" v forced

(* Seq *)
let rec pi_digits (q, r, t, k, n, l) () =
  (* the unbounded spigot, for as long as it fits 31 bits *)
  if q > 1_000_000 || t > 1_000_000 then Seq.Nil
  else if (4 * q) + r - t < n * t then Seq.Cons (n, pi_digits (q * 10, 10 * (r - (n * t)), t, k, (10 * ((3 * q) + r) / t) - (10 * n), l))
  else pi_digits (q * k, ((2 * q) + r) * l, t * l, k + 1, ((q * ((7 * k) + 2)) + (r * l)) / (t * l), l + 2) ()

let () =
  Printf.printf "pi %s\n" (String.concat "" (List.map string_of_int (List.of_seq (pi_digits (1, 0, 1, 1, 3, 3)))));
  let collatz = Seq.unfold (function 1 -> None | n -> Some (n, if n land 1 = 0 then n / 2 else (3 * n) + 1)) in
  Printf.printf "%d %d\n" (Seq.fold_left (fun k _ -> k + 1) 0 (collatz 27)) (Seq.fold_left max 0 (collatz 27));
  let rec interleave s t () = match s () with Seq.Nil -> t () | Seq.Cons (x, s) -> Seq.Cons (x, interleave t s) in
  let rec permutations = function [] -> Seq.return [] | l -> List.to_seq l |> Seq.flat_map (fun x -> Seq.map (fun p -> x :: p) (permutations (List.filter (( <> ) x) l))) in
  print_endline (String.concat " " (List.map (fun p -> String.concat "" (List.map string_of_int p)) (List.of_seq (permutations [ 1; 2; 3 ]))));
  print_endline (String.of_seq (interleave (String.to_seq "aceg") (String.to_seq "bdf")));
  let pythagoras = let open Seq in let range a b = unfold (fun i -> if i > b then None else Some (i, i + 1)) a in flat_map (fun c -> flat_map (fun b -> filter_map (fun a -> if (a * a) + (b * b) = c * c then Some (a, b, c) else None) (range 1 b)) (range 1 c)) (range 1 25) in
  Seq.iter (fun (a, b, c) -> Printf.printf "%d-%d-%d " a b c) pythagoras;
  print_newline ();
  let h = Hashtbl.of_seq (Seq.map (fun i -> (i mod 7, i)) (Seq.unfold (fun i -> if i = 30 then None else Some (i, i + 1)) 0)) in
  Printf.printf "%d\n" (Hashtbl.fold (fun k v s -> s + (k * v)) h 0)
