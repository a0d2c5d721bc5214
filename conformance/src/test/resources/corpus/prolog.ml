(* SPDX-License-Identifier: Apache-2.0 *)
(* A Prolog: unification with a trail, clauses renamed, cut by exceptions, depth-first search with success continuations, lists, arithmetic. *)

type term = Atom of string | Num of int | Cell of cell | Struct of string * term array
and cell = { mutable value : term option; id : int }

exception Syntax of string * int
exception Cut of int
exception Stop
exception Type of string

let trail : cell Stack.t = Stack.create ()
let ids = ref 0
let fresh () = incr ids; Cell { value = None; id = !ids }
let rec deref = function Cell { value = Some t; _ } -> deref t | t -> t
let bind c t = c.value <- Some t; Stack.push c trail
let undo mark = while Stack.length trail > mark do (Stack.pop trail).value <- None done

let rec unify a b =
  match (deref a, deref b) with
  | Cell c, Cell d when c == d -> true
  | Cell c, t | t, Cell c -> bind c t; true
  | Atom x, Atom y -> String.equal x y
  | Num x, Num y -> x = y
  | Struct (f, l), Struct (g, m) when f = g && Array.length l = Array.length m -> (
      try
        for i = 0 to Array.length l - 1 do
          if not (unify l.(i) m.(i)) then raise_notrace Exit
        done;
        true
      with Exit -> false)
  | _ -> false

let rec show t =
  match deref t with
  | Atom a -> a
  | Num n -> string_of_int n
  | Cell c -> "_" ^ string_of_int (c.id mod 1)
  | Struct (".", [| _; _ |]) as l -> "[" ^ elements l ^ "]"
  | Struct (("+" | "-" | "*" | "=" | "<" | ">" | "is") as op, [| a; b |]) -> Printf.sprintf "%s%s%s" (operand a) op (operand b)
  | Struct (f, args) -> Printf.sprintf "%s(%s)" f (String.concat "," (Array.to_list (Array.map show args)))

and operand t = match deref t with Struct (("+" | "-" | "*" | "="), [| _; _ |]) as t -> "(" ^ show t ^ ")" | t -> show t

and elements t =
  match t with
  | Struct (".", [| h; t |]) -> ( match deref t with Atom "[]" -> show h | Struct (".", _) as t -> show h ^ "," ^ elements t | t -> show h ^ "|" ^ show t)
  | _ -> assert false

(* Parser: clauses as terms with variables by name *)
type token = Name of string | Variable of string | Number of int | Punct of string

let lex s =
  let n = String.length s in
  let span p i = let j = ref i in while !j < n && p s.[!j] do incr j done; !j in
  let word = function 'a' .. 'z' | 'A' .. 'Z' | '0' .. '9' | '_' -> true | _ -> false in
  let symbol = function '+' | '-' | '*' | '/' | '=' | '<' | '>' | ':' | '\\' | '?' -> true | _ -> false in
  let rec go i acc =
    if i >= n then List.rev acc
    else
      let cut j make = go j (make (String.sub s i (j - i)) :: acc) in
      match s.[i] with
      | ' ' | '\n' -> go (i + 1) acc
      | '%' -> go (span (( <> ) '\n') i) acc
      | 'a' .. 'z' -> cut (span word i) (fun w -> Name w)
      | 'A' .. 'Z' | '_' -> cut (span word i) (fun w -> Variable w)
      | '0' .. '9' -> cut (span word i) (fun w -> Number (int_of_string w))
      | '(' | ')' | '[' | ']' | ',' | '|' | '.' | '!' | ';' -> cut (i + 1) (fun w -> Punct w)
      | c when symbol c -> cut (span symbol i) (fun w -> Punct w)
      | c -> raise (Syntax (String.make 1 c, i))
  in
  go 0 []

let infix = function ":-" -> (90, 89, 89) | ";" -> (80, 79, 80) | "," -> (70, 69, 70) | "=" | "is" | "<" | ">" | "=<" | ">=" | "=:=" | "\\=" | "==" -> (60, 59, 59) | "+" | "-" -> (50, 50, 49) | "*" | "/" | "mod" -> (40, 40, 39) | _ -> (0, 0, 0)

let parse_all s =
  let rest = ref (lex s) in
  let next () = match !rest with t :: l -> rest := l; t | [] -> raise (Syntax ("end", 0)) in
  let expect p = if next () <> Punct p then raise (Syntax (p, List.length !rest)) in
  let rec term names max =
    let rec more left =
      match !rest with
      | (Punct op | Name op) :: l -> (
          match infix op with
          | p, _, r when p > 0 && p <= max ->
              rest := l;
              let right = term names r in
              more (Struct (op, [| left; right |]))
          | _ -> left)
      | _ -> left
    in
    more (primary names)
  and primary names =
    match next () with
    | Number n -> Num n
    | Variable "_" -> fresh ()
    | Variable v -> ( match Hashtbl.find names v with c -> c | exception Not_found -> let c = fresh () in Hashtbl.add names v c; c)
    | Name f -> if !rest <> [] && List.hd !rest = Punct "(" then (ignore (next ()); Struct (f, Array.of_list (args names))) else Atom f
    | Punct "!" -> Atom "!"
    | Punct "-" -> ( match primary names with Num n -> Num (-n) | t -> Struct ("-", [| Num 0; t |]))
    | Punct "(" -> let t = term names 99 in expect ")"; t
    | Punct "[" -> if List.hd !rest = Punct "]" then (ignore (next ()); Atom "[]") else list names
    | Punct p -> raise (Syntax (p, List.length !rest))
  and args names = let t = term names 69 in match next () with Punct "," -> t :: args names | Punct ")" -> [ t ] | _ -> raise (Syntax ("arguments", List.length !rest))
  and list names =
    let t = term names 69 in
    match next () with
    | Punct "," -> Struct (".", [| t; list names |])
    | Punct "|" -> let tail = term names 69 in expect "]"; Struct (".", [| t; tail |])
    | Punct "]" -> Struct (".", [| t; Atom "[]" |])
    | _ -> raise (Syntax ("list", List.length !rest))
  in
  let rec all acc = if !rest = [] then List.rev acc else let names = Hashtbl.create 8 in let t = term names 99 in expect "."; all ((t, names) :: acc) in
  all []

let database : (string * int, (term * term) list) Hashtbl.t = Hashtbl.create 32
let key = function Atom a -> (a, 0) | Struct (f, a) -> (f, Array.length a) | t -> raise (Type ("callable: " ^ show t))

let consult s =
  List.iter
    (fun (t, _) ->
      let clause = match t with Struct (":-", [| h; b |]) -> (h, b) | h -> (h, Atom "true") in
      let k = key (fst clause) in
      Hashtbl.replace database k ((try Hashtbl.find database k with Not_found -> []) @ [ clause ]))
    (parse_all s)

let rename (h, b) =
  let seen = ref [] in
  let rec go t =
    match deref t with
    | Cell c -> ( match List.assq c !seen with t -> t | exception Not_found -> let v = fresh () in seen := (c, v) :: !seen; v)
    | Struct (f, a) -> Struct (f, Array.map go a)
    | t -> t
  in
  let h = go h in
  (h, go b)

let rec eval t =
  match deref t with
  | Num n -> n
  | Struct (op, [| a; b |]) -> (
      let x = eval a in
      let y = eval b in
      match op with
      | "+" -> x + y | "-" -> x - y | "*" -> x * y
      | "/" -> ( try x / y with Division_by_zero -> raise (Type "division by zero"))
      | "mod" -> ( try ((x mod y) + y) mod y with Division_by_zero -> raise (Type "division by zero"))
      | op -> raise (Type ("no operator " ^ op)))
  | Cell _ -> raise (Type "unbound in arithmetic")
  | t -> raise (Type (show t ^ " is no number"))

let calls = ref 0

(* [solve goal cut k]: k for each solution; Cut n unwinds to the call that has number n *)
let rec solve goal cut k =
  match deref goal with
  | Atom "true" -> k ()
  | Atom "fail" -> ()
  | Atom "!" -> k (); raise (Cut cut)
  | Struct (",", [| a; b |]) -> solve a cut (fun () -> solve b cut k)
  | Struct (";", [| a; b |]) -> choice (fun () -> solve a cut k); solve b cut k
  | Struct ("=", [| a; b |]) -> choice (fun () -> if unify a b then k ())
  | Struct ("\\=", [| a; b |]) -> let mark = Stack.length trail in let u = unify a b in undo mark; if not u then k ()
  | Struct ("not", [| g |]) ->
      let mark = Stack.length trail in
      let proved = match solve g (-1) (fun () -> raise_notrace Exit) with () -> false | exception Exit -> true in
      undo mark;
      if not proved then k ()
  | Struct ("is", [| a; e |]) -> let v = Num (eval e) in choice (fun () -> if unify a v then k ())
  | Struct (("<" | ">" | "=<" | ">=" | "=:=") as op, [| a; b |]) ->
      let c = compare (eval a) (eval b) in
      if (match op with "<" -> c < 0 | ">" -> c > 0 | "=<" -> c <= 0 | ">=" -> c >= 0 | _ -> c = 0) then k ()
  | Struct ("findall", [| t; g; l |]) ->
      let found = ref [] in
      choice (fun () -> solve g (-1) (fun () -> found := fst (rename (t, Atom "x")) :: !found));
      let l' = List.fold_left (fun tail h -> Struct (".", [| h; tail |])) (Atom "[]") !found in
      choice (fun () -> if unify l l' then k ())
  | g -> (
      incr calls;
      let me = !calls in
      match Hashtbl.find database (key g) with
      | exception Not_found -> let f, n = key g in raise (Type (Printf.sprintf "no predicate %s/%d" f n))
      | clauses -> (
          let mark = Stack.length trail in
          try
            List.iter
              (fun c ->
                let h, b = rename c in
                if unify g h then solve b me k;
                undo mark)
              clauses
          with Cut n when n = me -> undo mark))

and choice f =
  let mark = Stack.length trail in
  f ();
  undo mark

let query limit s =
  let goal, names = match parse_all s with [ q ] -> q | _ -> raise (Syntax ("one query", 0)) in
  let names = List.sort compare (Hashtbl.fold (fun n t l -> (n, t) :: l) names []) in
  let left = ref limit and found = ref 0 in
  Printf.printf "?- %s\n" s;
  let print () =
    incr found;
    Printf.printf "   %s\n" (if names = [] then "yes" else String.concat ", " (List.map (fun (n, t) -> n ^ " = " ^ show t) names));
    decr left;
    if !left = 0 then raise_notrace Stop
  in
  (try solve goal (-1) print with
  | Stop -> ()
  | Cut -1 -> ()
  | Type m -> Printf.printf "   error: %s\n" m);
  undo 0;
  if !found = 0 then print_endline "   no"

let () =
  consult
    {|
append([], L, L).
append([H|T], L, [H|R]) :- append(T, L, R).
member(X, [X|_]).
member(X, [_|T]) :- member(X, T).
reverse(L, R) :- rev(L, [], R).
rev([], A, A).
rev([H|T], A, R) :- rev(T, [H|A], R).
length([], 0).
length([_|T], N) :- length(T, M), N is M + 1.
select(X, [X|T], T).
select(X, [H|T], [H|R]) :- select(X, T, R).
permutation([], []).
permutation(L, [H|T]) :- select(H, L, R), permutation(R, T).
parent(tom, bob). parent(tom, liz). parent(bob, ann). parent(bob, pat). parent(pat, jim).
ancestor(X, Y) :- parent(X, Y).
ancestor(X, Y) :- parent(X, Z), ancestor(Z, Y).
max(X, Y, X) :- X >= Y, !.
max(_, Y, Y).
range(N, N, [N]) :- !.
range(M, N, [M|T]) :- M < N, K is M + 1, range(K, N, T).
safe([]).
safe([Q|Qs]) :- noattack(Q, Qs, 1), safe(Qs).
noattack(_, [], _).
noattack(Q, [R|Rs], D) :- not(Q =:= R + D), not(Q =:= R - D), E is D + 1, noattack(Q, Rs, E).
queens(N, Qs) :- range(1, N, L), permutation(L, Qs), safe(Qs).
fact(0, 1) :- !.
fact(N, F) :- M is N - 1, fact(M, G), F is N * G.
d(X, X, 1) :- !.
d(N, _, 0) :- atomic(N).
d(A + B, X, DA + DB) :- d(A, X, DA), d(B, X, DB).
d(A * B, X, A * DB + DA * B) :- d(A, X, DA), d(B, X, DB).
atomic(1). atomic(2). atomic(3). atomic(y).
colour(red). colour(green). colour(blue).
map(A, B, C, D, E) :- colour(A), colour(B), A \= B, colour(C), C \= A, C \= B, colour(D), D \= B, D \= C, colour(E), E \= A, E \= C, E \= D.
hanoi(0, _, _, _, []) :- !.
hanoi(N, A, B, C, M) :- K is N - 1, hanoi(K, A, C, B, M1), hanoi(K, C, B, A, M2), append(M1, [A-B|M2], M).
|};
  List.iter
    (fun (n, q) -> query n q)
    [
      (9, "append(X, Y, [1,2,3])."); (3, "member(X, [a,b,c,d])."); (9, "append(X, [Y], [1,2,3])."); (2, "reverse([1,2,[3,4]], X)."); (9, "ancestor(tom, X)."); (9, "ancestor(X, jim).");
      (9, "max(3, 7, X)."); (9, "max(7, 3, X)."); (1, "queens(4, Q)."); (1, "fact(10, F)."); (1, "fact(13, F)."); (2, "d(x * (x + 2) * y, x, D)."); (2, "map(A, B, C, D, E)."); (1, "hanoi(3, l, m, r, M).");
      (9, "findall(X-Y, append(X, Y, [1,2]), L)."); (9, "X = f(Y, Z), Y = 1, Z = g(Y)."); (9, "f(X, 1) = f(2, X)."); (9, "not(member(3, [1,2])), (X = 1 ; X = 2)."); (9, "X is 7 / 0."); (9, "X is Y + 1."); (9, "nothing(1)."); (9, "X is -7 mod 3, Y is -7 / 2.");
      (1, "length(L, 3)."); (9, "findall(P, permutation([1,2,3], P), L), length(L, N).");
    ];
  List.iter (fun s -> match parse_all s with _ -> print_endline "parsed" | exception Syntax (w, _) -> Printf.printf "%s: syntax, %s\n" s w) [ "a :- ."; "a("; "p(X) :- q(X)"; "f(x) & g."; "[1,2|]."; "x." ];
  Printf.printf "%b\n" (!calls > 100)
