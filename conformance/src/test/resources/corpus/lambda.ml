(* SPDX-License-Identifier: Apache-2.0 *)
(* The untyped lambda calculus: parser, de Bruijn indices, normal order, applicative order, a Krivine machine, combinators S K I B C. *)

type term = Var of string | Lam of string * term | App of term * term
type db = Ix of int | Free of string | L of db | A of db * db

exception Parse of int
exception Limit

let parse s =
  let n = String.length s in
  let rec skip i = if i < n && (s.[i] = ' ' || s.[i] = '\n') then skip (i + 1) else i in
  let name i =
    let rec go j = if j < n && match s.[j] with 'a' .. 'z' | 'A' .. 'Z' | '0' .. '9' | '_' -> true | _ -> false then go (j + 1) else j in
    let j = go i in
    if j = i then raise (Parse i) else (String.sub s i (j - i), skip j)
  in
  let rec term i =
    let i = skip i in
    if i < n && s.[i] = '\\' then
      let rec params i acc =
        let i = skip i in
        if s.[i] = '.' then
          let body, j = term (i + 1) in
          (List.fold_left (fun b x -> Lam (x, b)) body acc, j)
        else
          let x, j = name i in
          params j (x :: acc)
      in
      try params (i + 1) [] with Invalid_argument _ -> raise (Parse n)
    else
      let f, i = atom i in
      apps f i
  and apps f i =
    if i >= n || s.[i] = ')' then (f, i)
    else if s.[i] = '\\' then
      let x, j = term i in
      (App (f, x), j)
    else
      let x, j = atom i in
      apps (App (f, x)) j
  and atom i =
    if i < n && s.[i] = '(' then
      let t, j = term (i + 1) in
      if j < n && s.[j] = ')' then (t, skip (j + 1)) else raise (Parse j)
    else
      let x, j = name i in
      (Var x, j)
  in
  match term 0 with t, i when i = n -> t | _, i -> raise (Parse i)

let rec debruijn scope = function
  | Var x ->
      let rec find i = function [] -> Free x | y :: _ when x = y -> Ix i | _ :: l -> find (i + 1) l in
      find 0 scope
  | Lam (x, t) -> L (debruijn (x :: scope) t)
  | App (f, a) -> A (debruijn scope f, debruijn scope a)

let rec shift d c = function
  | Ix k when k >= c -> Ix (k + d)
  | (Ix _ | Free _) as t -> t
  | L t -> L (shift d (c + 1) t)
  | A (f, a) -> A (shift d c f, shift d c a)

let rec subst j s = function
  | Ix k when k = j -> s
  | (Ix _ | Free _) as t -> t
  | L t -> L (subst (j + 1) (shift 1 0 s) t)
  | A (f, a) -> A (subst j s f, subst j s a)

let beta body arg = shift (-1) 0 (subst 0 (shift 1 0 arg) body)

let steps = ref 0
let tick () = incr steps; if !steps > 400 then raise Limit

(* Normal order: head first, then under the binders *)
let rec normal t =
  match t with
  | Ix _ | Free _ -> t
  | L b -> L (normal b)
  | A (f, a) -> (
      match head f with
      | L b -> tick (); normal (beta b a)
      | f -> A (normal f, normal a))

and head t =
  match t with
  | A (f, a) -> ( match head f with L b -> tick (); head (beta b a) | f -> A (f, a))
  | t -> t

let rec applicative t =
  match t with
  | Ix _ | Free _ -> t
  | L b -> L (applicative b)
  | A (f, a) -> (
      let a = applicative a in
      match applicative f with L b -> tick (); applicative (beta b a) | f -> A (f, a))

(* Krivine's machine, then read back: call by name with environments *)
type closure = C of db * closure list | Neutral of string * closure list

let rec krivine t env stack =
  match (t, stack) with
  | A (f, a), _ -> krivine f env (C (a, env) :: stack)
  | L b, c :: stack -> tick (); krivine b (c :: env) stack
  | Ix i, _ -> ( match List.nth env i with C (t, env) -> krivine t env stack | Neutral (x, l) -> `Neutral (x, l @ stack))
  | L b, [] -> `Lam (b, env)
  | Free x, _ -> `Neutral (x, stack)

let rec read_back depth t env =
  match krivine t env [] with
  | `Lam (b, env) -> L (abstract depth (read_back (depth + 1) b (Neutral (Printf.sprintf "#%d" depth, []) :: env)))
  | `Neutral (x, args) ->
      List.fold_left
        (fun f c -> A (f, match c with C (t, env) -> read_back depth t env | Neutral (y, l) -> List.fold_left (fun f _ -> f) (Free y) l))
        (Free x) args

and abstract depth t =
  let name = Printf.sprintf "#%d" depth in
  let rec go k = function Free x when x = name -> Ix k | (Ix _ | Free _) as t -> t | L t -> L (go (k + 1) t) | A (f, a) -> A (go k f, go k a) in
  go 0 t

let rec show p names = function
  | Ix i -> ( try List.nth names i with Failure _ -> Printf.sprintf "!%d" i)
  | Free x -> x
  | L t ->
      let x = String.make 1 (Char.chr (97 + (List.length names mod 26))) in
      let s = "\\" ^ x ^ "." ^ show 0 (x :: names) t in
      if p > 0 then "(" ^ s ^ ")" else s
  | A (f, a) ->
      let s = show 1 names f ^ " " ^ show 2 names a in
      if p > 1 then "(" ^ s ^ ")" else s

(* Church numerals *)
let number t =
  let rec count = function Ix 0 -> 0 | A (Ix 1, t) -> 1 + count t | _ -> raise Not_found in
  match t with L (L b) -> ( try Some (count b) with Not_found -> None) | _ -> None

let definitions =
  [
    ("I", "\\x.x"); ("K", "\\x y.x"); ("S", "\\f g x.f x (g x)"); ("true", "\\a b.a"); ("false", "\\a b.b");
    ("zero", "\\f x.x"); ("one", "\\f x.f x"); ("two", "\\f x.f (f x)"); ("three", "\\f x.f (f (f x))");
    ("succ", "\\n f x.f (n f x)"); ("add", "\\m n f x.m f (n f x)"); ("mul", "\\m n f.m (n f)"); ("pow", "\\m n.n m");
    ("pair", "\\a b s.s a b"); ("fst", "\\p.p (\\a b.a)"); ("snd", "\\p.p (\\a b.b)");
    ("pred", "\\n.fst (n (\\p.pair (snd p) (succ (snd p))) (pair zero zero))"); ("iszero", "\\n.n (\\x.false) true");
    ("Y", "\\f.(\\x.f (x x)) (\\x.f (x x))"); ("fact", "Y (\\f n.iszero n one (mul n (f (pred n))))"); ("omega", "(\\x.x x) (\\x.x x)");
  ]

let expand s =
  let table = Hashtbl.create 32 in
  let rec close = function Free x -> ( try Hashtbl.find table x with Not_found -> Free x) | Ix _ as t -> t | L t -> L (close t) | A (f, a) -> A (close f, close a) in
  List.iter (fun (x, d) -> Hashtbl.add table x (close (debruijn [] (parse d)))) definitions;
  close (debruijn [] (parse s))

let run name f t =
  steps := 0;
  match f t with
  | r ->
      Printf.printf "  %-11s %4d steps: %s\n" name !steps (match number r with Some n -> string_of_int n | None -> show 0 [] r);
      Some r
  | exception Limit -> Printf.printf "  %-11s no end\n" name; None

let () =
  List.iter
    (fun s ->
      match expand s with
      | t ->
          Printf.printf "%s\n" s;
          let a = run "normal" normal t in
          let b = run "applicative" applicative t in
          let c = run "krivine" (fun t -> read_back 0 t []) t in
          List.iter (function Some r when a <> None && Some r <> a -> print_endline "  not the same" | _ -> ()) [ b; c ]
      | exception Parse i -> Printf.printf "%s: bad at %d\n" s i)
    [
      "S K K x"; "add two three"; "mul three (add two two)"; "pow two three"; "pred three"; "fst (pair a b) c"; "K x omega"; "(\\x y.y x) y z"; "iszero (pred one) yes no";
      "fact two"; "\\x.(\\y.x y) x"; "\\f.Y (K f)"; "omega"; "(\\x"; "\\x.)"; "()"; "x y)"; "\\x"; "fst (snd (pair one (pair three two)))";
    ]

(* Combinators by Turner's rules, reduced on a spine of arguments *)
type comb = V of string | Cs | Ck | Ci | Cb | Cc | Ap of comb * comb

let rec occurs x = function V y -> x = y | Ap (f, a) -> occurs x f || occurs x a | Cs | Ck | Ci | Cb | Cc -> false

let rec compile = function Var x -> V x | App (f, a) -> Ap (compile f, compile a) | Lam (x, t) -> bracket x (compile t)

and bracket x = function
  | V y when x = y -> Ci
  | t when not (occurs x t) -> Ap (Ck, t)
  | Ap (f, V y) when x = y && not (occurs x f) -> f
  | Ap (f, a) when not (occurs x f) -> Ap (Ap (Cb, f), bracket x a)
  | Ap (f, a) when not (occurs x a) -> Ap (Ap (Cc, bracket x f), a)
  | Ap (f, a) -> Ap (Ap (Cs, bracket x f), bracket x a)
  | V _ | Cs | Ck | Ci | Cb | Cc -> assert false

let rec size = function Ap (f, a) -> size f + size a | _ -> 1

let rec reduce c args =
  match (c, args) with
  | Ap (f, a), _ -> reduce f (a :: args)
  | Ci, x :: l -> tick (); reduce x l
  | Ck, x :: _ :: l -> tick (); reduce x l
  | Cs, f :: g :: x :: l -> tick (); reduce f (x :: Ap (g, x) :: l)
  | Cb, f :: g :: x :: l -> tick (); reduce f (Ap (g, x) :: l)
  | Cc, f :: g :: x :: l -> tick (); reduce f (x :: g :: l)
  | c, l -> List.fold_left (fun f a -> Ap (f, reduce a [])) c l

let () =
  let church n = Lam ("f", Lam ("x", List.fold_left (fun t () -> App (Var "f", t)) (Var "x") (List.init n ignore))) in
  let mul = parse "\\m n f.m (n f)" and pow = parse "\\m n.n m" in
  List.iter
    (fun (name, op, a, b) ->
      let t = App (App (App (App (op, church a), church b), Var "F"), Var "X") in
      let c = compile t in
      steps := 0;
      match reduce c [] with
      | r ->
          let rec count = function V "X" -> 0 | Ap (V "F", t) -> 1 + count t | _ -> min_int in
          Printf.printf "%d %s %d = %d, %d combinators, %d steps\n" a name b (count r) (size c) !steps
      | exception Limit -> Printf.printf "%d %s %d: no end\n" a name b)
    [ ("*", mul, 3, 4); ("^", pow, 2, 5); ("*", mul, 0, 7); ("^", pow, 3, 4); ("*", mul, 12, 11); ("^", pow, 2, 10) ]
