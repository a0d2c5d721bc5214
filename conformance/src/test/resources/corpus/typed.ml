(* SPDX-License-Identifier: Apache-2.0 *)
(* Generalised types and polymorphic variants: typed evaluators, a typed stack machine, type descriptions with equality proofs, heterogeneous lists, printf by hand, variants extended. *)

(* A typed language with de Bruijn indices *)
type (_, _) index = Z : ('t, 't * 'e) index | S : ('t, 'e) index -> ('t, 'u * 'e) index

type (_, _) term =
  | Int : int -> (int, 'e) term
  | Bool : bool -> (bool, 'e) term
  | Float : float -> (float, 'e) term
  | Var : ('t, 'e) index -> ('t, 'e) term
  | Lam : ('b, 'a * 'e) term -> ('a -> 'b, 'e) term
  | App : ('a -> 'b, 'e) term * ('a, 'e) term -> ('b, 'e) term
  | Prim : ('a, 'b, 'r) prim * ('a, 'e) term * ('b, 'e) term -> ('r, 'e) term
  | If : (bool, 'e) term * ('t, 'e) term * ('t, 'e) term -> ('t, 'e) term
  | Pair : ('a, 'e) term * ('b, 'e) term -> ('a * 'b, 'e) term
  | Fst : ('a * 'b, 'e) term -> ('a, 'e) term
  | Snd : ('a * 'b, 'e) term -> ('b, 'e) term
  | Fix : ('a -> 'b, ('a -> 'b) * 'e) term -> ('a -> 'b, 'e) term

and (_, _, _) prim = Add : (int, int, int) prim | Sub : (int, int, int) prim | Mul : (int, int, int) prim | Less : (int, int, bool) prim | Addf : (float, float, float) prim | Divf : (float, float, float) prim | Eq : ('a, 'a, bool) prim

let prim : type a b r. (a, b, r) prim -> a -> b -> r = function Add -> ( + ) | Sub -> ( - ) | Mul -> ( * ) | Less -> ( < ) | Addf -> ( +. ) | Divf -> ( /. ) | Eq -> ( = )
let rec lookup : type t e. (t, e) index -> e -> t = fun i env -> match (i, env) with Z, (v, _) -> v | S i, (_, env) -> lookup i env

let rec eval : type t e. (t, e) term -> e -> t =
 fun t env ->
  match t with
  | Int i -> i
  | Bool b -> b
  | Float f -> f
  | Var i -> lookup i env
  | Lam b -> fun x -> eval b (x, env)
  | App (f, a) -> (eval f env) (eval a env)
  | Prim (p, a, b) -> let x = eval a env in prim p x (eval b env)
  | If (c, a, b) -> if eval c env then eval a env else eval b env
  | Pair (a, b) -> let x = eval a env in (x, eval b env)
  | Fst p -> fst (eval p env)
  | Snd p -> snd (eval p env)
  | Fix f ->
      (* tied by a recursive function, and by a reference as a check *)
      let rec g x = eval f (g, env) x in
      g

let rec size : type t e. (t, e) term -> int = function
  | Int _ | Bool _ | Float _ | Var _ -> 1
  | Lam b -> 1 + size b
  | Fix b -> 1 + size b
  | App (f, a) -> 1 + size f + size a
  | Prim (_, a, b) -> 1 + size a + size b
  | If (c, a, b) -> 1 + size c + size a + size b
  | Pair (a, b) -> 1 + size a + size b
  | Fst p -> 1 + size p
  | Snd p -> 1 + size p

let rec fold : type t e. (t, e) term -> (t, e) term = function
  | Prim (p, a, b) -> (
      match (p, fold a, fold b) with
      | Add, Int x, Int y -> Int (x + y)
      | Mul, Int x, Int y -> Int (x * y)
      | Sub, Int x, Int y -> Int (x - y)
      | Less, Int x, Int y -> Bool (x < y)
      | Addf, Float x, Float y -> Float (x +. y)
      | Add, a, Int 0 -> a
      | Mul, _, Int 0 -> Int 0
      | p, a, b -> Prim (p, a, b))
  | If (c, a, b) -> ( match fold c with Bool true -> fold a | Bool false -> fold b | c -> If (c, fold a, fold b))
  | Fst p -> ( match fold p with Pair (a, _) -> a | p -> Fst p)
  | Snd p -> ( match fold p with Pair (_, b) -> b | p -> Snd p)
  | Lam b -> Lam (fold b)
  | Fix b -> Fix (fold b)
  | App (f, a) -> App (fold f, fold a)
  | Pair (a, b) -> Pair (fold a, fold b)
  | Int _ as t -> t
  | Bool _ as t -> t
  | Float _ as t -> t
  | Var _ as t -> t

let fact = Fix (Lam (If (Prim (Less, Var Z, Int 2), Int 1, Prim (Mul, Var Z, App (Var (S Z), Prim (Sub, Var Z, Int 1))))))
let fib = Fix (Lam (If (Prim (Less, Var Z, Int 2), Var Z, Prim (Add, App (Var (S Z), Prim (Sub, Var Z, Int 1)), App (Var (S Z), Prim (Sub, Var Z, Int 2))))))

let () =
  Printf.printf "%d %d\n" (eval (App (fact, Int 10)) ()) (eval (App (fib, Int 15)) ());
  let t = Pair (Prim (Add, Prim (Mul, Int 6, Int 7), Int 0), If (Prim (Less, Int 3, Int 2), Float 1., Prim (Addf, Float 0.5, Fst (Pair (Float 2., Int 1))))) in
  let a, b = eval t () in
  let t' = fold t in
  let a', b' = eval t' () in
  Printf.printf "%d %g, %d nodes; %d %g, %d nodes\n" a b (size t) a' b' (size t');
  Printf.printf "%b\n" (eval (App (App (Lam (Lam (Prim (Eq, Prim (Divf, Var Z, Var (S Z)), Float 2.5))), Float 2.), Float 5.)) ())

(* Compiled to a typed stack machine *)
type (_, _) code =
  | Halt : ('s, 's) code
  | Push : 'a * ('a * 's, 'r) code -> ('s, 'r) code
  | Op2 : ('a -> 'b -> 'c) * ('c * 's, 'r) code -> ('b * ('a * 's), 'r) code
  | Branch : ('s, 't) code * ('s, 't) code * ('t, 'r) code -> (bool * 's, 'r) code

let rec run : type s r. (s, r) code -> s -> r =
 fun c s -> match (c, s) with Halt, s -> s | Push (v, k), s -> run k (v, s) | Op2 (f, k), (b, (a, s)) -> run k (f a b, s) | Branch (x, y, k), (c, s) -> run k (run (if c then x else y) s)

type _ simple = I : int -> int simple | B : bool -> bool simple | P : ('a, 'b, 'c) prim * 'a simple * 'b simple -> 'c simple | C : bool simple * 'a simple * 'a simple -> 'a simple

let rec compile : type a s r. a simple -> (a * s, r) code -> (s, r) code =
 fun e k -> match e with I i -> Push (i, k) | B b -> Push (b, k) | P (p, a, b) -> compile a (compile b (Op2 (prim p, k))) | C (c, a, b) -> compile c (Branch (compile a Halt, compile b Halt, k))

let rec direct : type a. a simple -> a = function I i -> i | B b -> b | P (p, a, b) -> let x = direct a in prim p x (direct b) | C (c, a, b) -> if direct c then direct a else direct b

let () =
  let rec build d k = if d = 0 then I (k - 3) else if k land 3 = 0 then C (P (Less, build (d - 1) (k + 1), I 2), build (d - 1) (k * 2 + 1), I k) else if k land 3 = 1 then P (Add, build (d - 1) (k + 3), build (d - 1) (k * 3)) else P (Sub, P (Mul, I 3, build (d - 1) (k + 5)), build (d - 1) (k / 2)) in
  let sum = ref 0 in
  for k = 0 to 24 do
    let e = build 6 k in
    let v, () = run (compile e Halt) () in
    if v <> direct e then Printf.printf "%d: %d, not %d\n" k v (direct e);
    sum := !sum lxor v
  done;
  Printf.printf "%d\n" !sum

(* Type descriptions: printing, comparing, dynamic values *)
type _ ty =
  | TInt : int ty
  | TString : string ty
  | TList : 'a ty -> 'a list ty
  | TPair : 'a ty * 'b ty -> ('a * 'b) ty
  | TOption : 'a ty -> 'a option ty
  | TFun : 'a ty * 'b ty -> ('a -> 'b) ty
  | TConv : string * ('a -> 'b) * 'b ty -> 'a ty

type (_, _) eq = Refl : ('a, 'a) eq

let rec equal : type a b. a ty -> b ty -> (a, b) eq option =
 fun a b ->
  match (a, b) with
  | TInt, TInt -> Some Refl
  | TString, TString -> Some Refl
  | TList a, TList b -> ( match equal a b with Some Refl -> Some Refl | None -> None)
  | TOption a, TOption b -> ( match equal a b with Some Refl -> Some Refl | None -> None)
  | TPair (a, b), TPair (c, d) -> ( match (equal a c, equal b d) with Some Refl, Some Refl -> Some Refl | _ -> None)
  | TFun (a, b), TFun (c, d) -> ( match (equal a c, equal b d) with Some Refl, Some Refl -> Some Refl | _ -> None)
  | _ -> None

let rec show : type a. a ty -> a -> string =
 fun t v ->
  match t with
  | TInt -> string_of_int v
  | TString -> Printf.sprintf "%S" v
  | TList t -> "[" ^ String.concat ";" (List.map (show t) v) ^ "]"
  | TPair (a, b) -> "(" ^ show a (fst v) ^ "," ^ show b (snd v) ^ ")"
  | TOption t -> ( match v with None -> "-" | Some v -> show t v)
  | TFun _ -> "<fun>"
  | TConv (name, f, t) -> name ^ " " ^ show t (f v)

let rec random : type a. a ty -> (int -> int) -> a option =
 fun t r ->
  match t with
  | TInt -> Some (r 100)
  | TString -> Some (String.make (r 4) 's')
  | TList t -> Some (List.filter_map (fun _ -> random t r) (List.init (r 4) Fun.id))
  | TPair (a, b) -> ( match random a r with None -> None | Some x -> Option.map (fun y -> (x, y)) (random b r))
  | TOption t -> if r 2 = 0 then Some None else Option.map Option.some (random t r)
  | TFun (_, b) -> Option.map (fun v _ -> v) (random b r)
  | TConv _ -> None

type dyn = Dyn : 'a ty * 'a -> dyn

exception Wrong_type

let cast : type a. a ty -> dyn -> a = fun t (Dyn (t', v)) -> match equal t t' with Some Refl -> v | None -> raise Wrong_type

let () =
  let seed = ref 3 in
  let r n = seed := ((!seed * 421) + 1663) mod 7875; !seed mod n in
  let pack t = Option.map (fun v -> Dyn (t, v)) (random t r) in
  let l = List.filter_map Fun.id [ pack TInt; pack (TList (TPair (TInt, TString))); pack (TOption (TOption TInt)); pack (TFun (TString, TInt)); pack (TConv ("len", String.length, TInt)); pack (TList (TList (TOption TString))); Some (Dyn (TConv ("abs", abs, TInt), -5)) ] in
  List.iter (fun (Dyn (t, v)) -> print_string (show t v ^ " ")) l;
  print_newline ();
  let count = ref 0 in
  for _ = 1 to 10 do List.iter (fun d -> match cast TInt d with n -> count := !count + n | exception Wrong_type -> incr count) l done;
  Printf.printf "%d\n" !count;
  Printf.printf "%d\n" (List.fold_left (fun n d -> match cast (TFun (TString, TInt)) d with f -> n + f "x" | exception Wrong_type -> n) 0 l)

(* Heterogeneous lists, formats *)
type _ hlist = [] : unit hlist | ( :: ) : 'a * 'b hlist -> ('a * 'b) hlist
type _ tys = Nil : unit tys | Cons : 'a ty * 'b tys -> ('a * 'b) tys

let rec show_all : type a. a tys -> a hlist -> string = fun t l -> match (t, l) with Nil, [] -> "." | Cons (t, ts), v :: l -> show t v ^ " " ^ show_all ts l

type (_, _) fmt = End : ('r, 'r) fmt | Lit : string * ('f, 'r) fmt -> ('f, 'r) fmt | D : ('f, 'r) fmt -> (int -> 'f, 'r) fmt | Str : ('f, 'r) fmt -> (string -> 'f, 'r) fmt | A : ('a -> string) * ('f, 'r) fmt -> ('a -> 'f, 'r) fmt

let rec kprint : type f r. (f, r) fmt -> (string -> r) -> string -> f =
 fun fmt k acc ->
  match fmt with
  | End -> k acc
  | Lit (s, f) -> kprint f k (acc ^ s)
  | D f -> fun n -> kprint f k (acc ^ string_of_int n)
  | Str f -> fun s -> kprint f k (acc ^ s)
  | A (show, f) -> fun v -> kprint f k (acc ^ show v)

let () =
  print_endline (show_all (Cons (TInt, Cons (TList TString, Cons (TOption TInt, Nil)))) [ 1; Stdlib.List.map string_of_int (Stdlib.List.init 3 Fun.id); None ]);
  let f = kprint (D (Lit (" is ", Str (Lit ("/", A (string_of_bool, D End)))))) (fun s -> s) "" in
  let g = f 1 "one" in
  print_endline (g true 2 ^ ", " ^ g false 3);
  print_endline (string_of_int (kprint (D (D End)) String.length "x" 123 4567))

(* Polymorphic variants: a language extended, with open recursion *)
type 'a basic = [ `Num of int | `Plus of 'a * 'a | `Neg of 'a ]
type 'a more = [ 'a basic | `Times of 'a * 'a | `Let of string * 'a * 'a | `Id of string ]

let eval_basic self env : [< 'a basic ] -> int = function `Num n -> n | `Plus (a, b) -> let x = self env a in x + self env b | `Neg a -> -self env a

let eval_more self env : [< 'a more ] -> int = function
  | #basic as b -> eval_basic self env b
  | `Times (a, b) -> let x = self env a in x * self env b
  | `Let (x, d, b) -> self (Stdlib.List.cons (x, self env d) env) b
  | `Id x -> ( try Stdlib.List.assoc x env with Not_found -> failwith x)

let rec eval_full env (e : ([ 'a more | `Sum of 'a Stdlib.Seq.t | `Try of 'a * 'a ] as 'a)) : int =
  match e with
  | #more as m -> eval_more eval_full env m
  | `Sum s -> Stdlib.Seq.fold_left (fun n e -> n + eval_full env e) 0 s
  | `Try (a, b) -> ( try eval_full env a with Failure _ -> eval_full env b)

let classify = function `A -> "a" | `B (n, _) when n > 10 -> "big b" | `B (n, `C) -> "bc" ^ string_of_int n | `B (_, (`D as d)) | `E d -> ( match d with `D -> "d" | `F -> "f") | #basic -> "basic" | `Deep (`Deep (`Deep s)) -> s | `Deep _ -> "shallow" | `B (_, _) -> "another b"

let () =
  let e = `Let ("x", `Plus (`Num 4, `Neg (`Num 9)), `Times (`Id "x", `Sum (Stdlib.Seq.map (fun i -> `Plus (`Id "x", `Num i)) (Stdlib.List.to_seq (Stdlib.List.init 50 Fun.id))))) in
  Printf.printf "%d\n" (eval_full Stdlib.List.(of_seq Stdlib.Seq.empty) e);
  Printf.printf "%d\n" (eval_full Stdlib.List.(of_seq Stdlib.Seq.empty) (`Try (`Plus (`Num 1, `Id "nowhere"), `Try (e, `Num 0))));
  print_endline (String.concat " " Stdlib.List.(map classify (of_seq (Array.to_seq [| `A; `B (11, `C); `B (2, `C); `B (3, `D); `E `F; `E `D; `Num 1; `Neg (); `Deep (`Deep (`Deep "deep")); `Deep (`Deep `Up) |]))))
