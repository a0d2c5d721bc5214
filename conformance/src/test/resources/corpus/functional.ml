(* SPDX-License-Identifier: Apache-2.0 *)
(* Functions as values: many arguments, partial and over-application, labels and defaults, combinators, parser combinators, continuations, coroutines, fixed points, church encodings, memo tables tied by let rec. *)

(* Applications of all sizes *)
let f1 a = a + 1
let f3 a b c = (a * 100) + (b * 10) + c
let f6 a b c d e f = a - b + (c * d) - (e * f)
let f9 a b c d e f g h i = String.concat "" (List.map string_of_int [ a; b; c; d; e; f; g; h; i ])
let f14 a b c d e f g h i j k l m n = List.fold_left (fun s x -> (s * 3) + x) 0 [ a; b; c; d; e; f; g; h; i; j; k; l; m; n ]
let over a b = if a > b then fun c d -> c - d + a else fun c -> let k = c * b in fun d -> k + d
let mixed a (x : float) s b = Printf.sprintf "%d %.2f %s %d" a x s b

let rec compose n f x = if n = 0 then x else f (compose (n - 1) f x)

let () =
  let opaque = Sys.opaque_identity in
  let g = opaque f3 1 in
  let h = g 2 in
  Printf.printf "%d %d %d %d\n" (h 3) (opaque g 5 6) (f3 7 8 9) (List.fold_left (fun a f -> a + f 4) 0 [ h; g 1; f3 0 0; f1; (opaque f6) 1 2 3 4 5 ]);
  let p = f9 1 2 3 in
  let q = p 4 5 in
  let r = opaque q 6 7 8 in
  Printf.printf "%s %s %s\n" (r 9) (q 1 1 1 1) (p 0 0 0 0 0 0);
  let k = opaque f14 1 2 3 4 5 6 7 in
  let k' = k 8 9 10 11 12 in
  Printf.printf "%d %d %d\n" (k' 13 14) (k 1 1 1 1 1 1 1) (f14 1 2 3 4 5 6 7 8 9 10 11 12 13 14);
  Printf.printf "%d %d %d\n" (over 5 3 10 4) (opaque over 3 5 10 4) ((over 1 2) 3 4);
  print_endline (String.concat "; " (List.map (fun m -> m "s" 1) [ mixed 1 2.5; opaque (mixed 2) 0.125; (fun s b -> mixed b 1. s 0) ]));
  Printf.printf "%d\n" (compose 5 (compose 3 (compose 2 succ)) 0)

(* Labels, defaults, evaluation order by effect *)
let area ?(w = 3) ?h ~scale () = let h = match h with None -> w * 2 | Some h -> h in w * h * scale

let () =
  let trace = Buffer.create 40 in
  let t s v = Buffer.add_string trace s; v in
  let base = area ~scale:2 in
  let wide = area ~w:10 in
  Printf.printf "%d %d %d %d\n" (base ()) (wide ~scale:1 ()) (area ~h:7 ~scale:1 ()) (area ?w:None ?h:(Some 1) ~scale:(t "s" 5) ());
  let apply ~f ~x y = f x y in
  Printf.printf "%d %d\n" (apply ~x:2 ~f:(fun a b -> a - b) 3) ((apply ~f:( * ) ~x:4) 5);
  let r = f3 (t "a" 1) (t "b" 2) (t "c" 3) in
  let tuple = (t "x" 1, t "y" 2) in
  Printf.printf "%d %d %s\n" r (fst tuple) (Buffer.contents trace)

(* Closures that capture the variables of loops *)
let () =
  let fs = Array.make 20 (fun () -> 0) in
  let total = ref 0 in
  for i = 0 to 19 do
    let square = i * i and half = float i /. 2. in
    fs.(i) <- (fun () -> incr total; square - i + int_of_float half + !total)
  done;
  let sum = ref 0 in
  for round = 1 to 3 do Array.iteri (fun i f -> if (i + round) mod 2 = 0 then sum := !sum + f ()) fs done;
  Printf.printf "%d %d\n" !sum !total;
  let counters = List.init 4 (fun i -> let n = ref (i * 10) in ((fun () -> incr n; !n), fun d -> n := !n - d)) in
  List.iteri (fun i (next, back) -> for _ = 0 to i do ignore (next ()) done; back i; Printf.printf "%d " (next ())) counters;
  print_newline ()

(* Combinators: S, K, folds as functions, transducers, lenses *)
let s f g x = f x (g x)
let k x _ = x
let flip f a b = f b a
let ( >> ) f g x = g (f x)
let fold_map l = List.fold_right (fun x acc f -> f x :: acc f) l (fun _ -> [])
let mapping f step acc x = step acc (f x)
let filtering p step acc x = if p x then step acc x else acc
let rec taking_all = function [] -> Fun.id | t :: l -> fun step -> t (taking_all l step)

type ('s, 'a) lens = { get : 's -> 'a; set : 'a -> 's -> 's }

let ( |.. ) a b = { get = a.get >> b.get; set = (fun v s -> a.set (b.set v (a.get s)) s) }
let over_lens l f s = l.set (f (l.get s)) s

type point = { x : int; y : int }
type line = { from : point; till : point; tag : string }

let () =
  Printf.printf "%d %d\n" (s ( + ) succ 5) (s k k 7);
  print_endline (String.concat "," (List.map string_of_int (fold_map [ 1; 2; 3 ] (( * ) 7))));
  let xform step = taking_all [ mapping (fun x -> x * x); filtering (fun x -> x mod 3 = 1); mapping (flip ( - ) 1) ] step in
  Printf.printf "%d\n" (List.fold_left (xform ( + )) 0 (List.init 50 Fun.id));
  let till = { get = (fun l -> l.till); set = (fun till l -> { l with till }) } and y = { get = (fun p -> p.y); set = (fun y p -> { p with y }) } in
  let l = over_lens (till |.. y) (( * ) 10) { from = { x = 1; y = 2 }; till = { x = 3; y = 4 }; tag = "t" } in
  Printf.printf "%d %d %s\n" ((till |.. y).get l) l.from.y l.tag

(* Fixed points and memo tables *)
let memo f =
  let table = Hashtbl.create 32 in
  let rec self x = match Hashtbl.find_opt table x with Some v -> v | None -> let v = f self x in Hashtbl.add table x v; v in
  self

type 'a mu = Roll of ('a mu -> 'a)

let y f = (fun (Roll x as r) -> fun a -> f (x r) a) (Roll (fun (Roll x as r) -> fun a -> f (x r) a))

let () =
  let fib = memo (fun self n -> if n < 2 then n else self (n - 1) + self (n - 2)) in
  let partitions = memo (fun self (n, m) -> if n = 0 then 1 else if n < 0 || m = 0 then 0 else self (n - m, m) + self (n, m - 1)) in
  let collatz = memo (fun self n -> if n = 1 then 0 else 1 + self (if n land 1 = 0 then n / 2 else (3 * n) + 1)) in
  Printf.printf "%d %d %d %d\n" (fib 43) (partitions (40, 40)) (List.fold_left max 0 (List.init 120 (fun i -> collatz (i + 1)))) (y (fun self n -> if n = 0 then 1 else n * self (n - 1)) 10)

(* Continuations: product with escape, generators, coroutines, exceptions by two continuations, amb *)
let product l = let rec go l k = match l with [] -> k 1 | 0 :: _ -> 0 | x :: l -> go l (fun r -> k (x * r)) in go l Fun.id

type 'a gen = Done | Yield of 'a * (unit -> 'a gen)

let rec walk t k = match t with `Leaf -> k () | `Node (l, v, r) -> walk l (fun () -> Yield (v, fun () -> walk r k))

let rec build lo hi = if lo > hi then `Leaf else let m = (lo + hi) / 2 in `Node (build lo (m - 1), m, build (m + 1) hi)
let rec slope n = if n < 0 then `Leaf else `Node (slope (n - 1), n, `Leaf)
let rec same a b = match (a, b) with Done, Done -> true | Yield (x, f), Yield (y, g) -> x = y && same (f ()) (g ()) | _ -> false

let amb choices ok fail = let rec go = function [] -> fail () | c :: l -> ok c (fun () -> go l) in go choices

let () =
  Printf.printf "%d %d\n" (product [ 1; 2; 3; 4; 5 ]) (product [ 9; 0; 7 ]);
  let start t = walk t (fun () -> Done) in
  Printf.printf "%b %b\n" (same (start (build 0 200)) (start (slope 200))) (same (start (build 0 50)) (start (slope 49)));
  let triples = ref [] in
  let rec range a b = if a > b then [] else a :: range (a + 1) b in
  amb (range 1 20) (fun a next -> amb (range a 20) (fun b next' -> amb (range b 20) (fun c next'' -> if (a * a) + (b * b) = c * c then triples := (a, b, c) :: !triples; next'' ()) next') next) ignore;
  List.iter (fun (a, b, c) -> Printf.printf "%d.%d.%d " a b c) (List.rev !triples);
  print_newline ();
  (* two threads that hand over *)
  let ready = Queue.create () and out = Buffer.create 40 in
  let yield k = Queue.add k ready in
  let rec thread name n k = if n = 0 then k () else begin Printf.bprintf out "%s%d " name n; yield (fun () -> thread name (n - 1) k) end in
  thread "a" 3 (fun () -> thread "A" 2 (fun () -> Buffer.add_string out "end "));
  thread "b" 4 ignore;
  (try while true do (Queue.pop ready) () done with Queue.Empty -> ());
  print_endline (Buffer.contents out)

(* Parser combinators *)
module Parse = struct
  type 'a t = { run : 'r. string -> int -> ('a -> int -> 'r) -> (int -> string -> 'r) -> 'r }

  let return x = { run = (fun _ i ok _ -> ok x i) }
  let bind p f = { run = (fun s i ok fail -> p.run s i (fun x j -> (f x).run s j ok fail) fail) }
  let ( let* ) = bind
  let ( <|> ) a b = { run = (fun s i ok fail -> a.run s i ok (fun j m -> if j > i then fail j m else b.run s i ok fail)) }
  let satisfy what p = { run = (fun s i ok fail -> match s.[i] with c when p c -> ok c (i + 1) | c -> fail i (Printf.sprintf "%s, not %C" what c) | exception Invalid_argument _ -> fail i what) }
  let char c = satisfy (Printf.sprintf "%C" c) (( = ) c)
  let rec many p = (let* x = p in let* l = many p in return (x :: l)) <|> return []
  let many1 p = let* x = p in let* l = many p in return (x :: l)
  let fix f = let rec p = { run = (fun s i ok fail -> (Lazy.force body).run s i ok fail) } and body = lazy (f p) in p
  let chain p op = let* first = p in let rec more acc = (let* f = op in let* x = p in more (f acc x)) <|> return acc in more first
  let all p s = p.run s 0 (fun v i -> if i = String.length s then Ok v else Error (i, "end")) (fun i m -> Error (i, m))
end

let () =
  let open Parse in
  let blank = many (char ' ') in
  let token p = let* x = p in let* _ = blank in return x in
  let digits = many1 (satisfy "digit" (fun c -> c >= '0' && c <= '9')) in
  let number = token (let* l = digits in return (List.fold_left (fun n c -> (n * 10) + Char.code c - 48) 0 l)) in
  let op c f = let* _ = token (char c) in return f in
  let expr =
    fix (fun expr ->
        let atom = number <|> (let* _ = token (char '(') in let* e = expr in let* _ = token (char ')') in return e) in
        let rec factor = { run = (fun s i ok fail -> (Lazy.force inner).run s i ok fail) } and inner = lazy ((let* _ = token (char '-') in let* f = factor in return (-f)) <|> atom) in
        let term = chain factor (op '*' ( * ) <|> op '/' (fun a b -> if b = 0 then -1 else a / b)) in
        chain term (op '+' ( + ) <|> op '-' ( - )))
  in
  List.iter (fun s -> match all expr s with Ok v -> Printf.printf "%s = %d\n" s v | Error (i, m) -> Printf.printf "%s: at %d expected %s\n" s i m) [ "1 + 2 * 3"; "2*(3+4)*5"; "10 - 4 - 3"; "--5 * -2"; "7/0"; "1 +"; "(1"; "2 2"; "" ];
  let long = String.concat "+" (List.init 150 string_of_int) in
  match all expr long with Ok v -> Printf.printf "%d\n" v | Error (i, _) -> Printf.printf "error at %d\n" i
